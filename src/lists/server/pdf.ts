import { paragraphsIn } from '#src/platform/server/paragraphs.ts';
import { settingIn } from '#src/platform/server/pdf-setting.ts';
import { A4, ACCENT, INK, SOFT, writePdf, type Sheets } from '#src/platform/server/pdf.ts';
import { dayInWords } from '#src/platform/day.ts';
import { monthInWords, sourceLine, type Edition, type Pulse } from '../list.ts';

const MARGIN = 72;
/** Numbers stand in a column of their own, left of the text. */
const GUTTER = 34;
const LEFT = MARGIN + GUTTER;
const WIDTH = A4.width - LEFT - MARGIN;
const BOTTOM = A4.height - MARGIN;
const TEXT = 10.5;
const { line, paragraphs, rule, room, feet } = settingIn({ left: LEFT, width: WIDTH, bottom: BOTTOM });

interface About {
	/** Where the list is read. */
	address: string;
	language: string;
	pulse: Pulse | null;
}

/** An edition of a list, set to be printed or passed on. */
export function listPdf(edition: Edition, about: About): Promise<Buffer> {
	const { title, by, month } = edition.content;
	return writePdf(
		{ title, author: by, subject: `Reading list, ${monthInWords(month)}`, margin: MARGIN, buffered: true },
		(sheets) => {
			head(sheets, edition, about);
			for (const [at] of edition.content.entries.entries()) entry(sheets, edition, at, about);
			ending(sheets, edition, about);
			feet(sheets, `${title} · edition ${edition.number} · ${edition.hash.slice(0, 12)}`, { height: A4.height });
		}
	);
}

function head(sheets: Sheets, { content, html }: Edition, { language }: About): void {
	sheets.rect(0, 0, A4.width, 8).fill(ACCENT);
	line(sheets, `${monthInWords(content.month, language)} · ${content.by}`, { size: 11, color: SOFT, at: 80 });
	line(sheets, content.title, { font: 'strong', size: 26, gap: 8 });
	sheets.moveDown(0.4);
	rule(sheets);
	const known = new Set(content.entries.map(({ url }) => url));
	updates(
		sheets,
		content.updates.filter(({ about }) => !known.has(about)),
		language
	);
	paragraphs(sheets, paragraphsIn(html.opening), 11.5);
}

function entry(sheets: Sheets, { content, html }: Edition, at: number, { language }: About): void {
	const one = content.entries[at]!;
	sheets.moveDown(0.5);
	paragraphs(sheets, paragraphsIn(html.entries[at]!.before), TEXT, 'slanted');
	sheets.font('strong').fontSize(14);
	// A title never stands alone at the end of a page.
	room(sheets, sheets.heightOfString(one.title, { width: WIDTH, lineGap: 2 }) + 60);
	sheets.y += 10;
	const top = sheets.y;
	sheets
		.fillColor(ACCENT)
		.fontSize(20)
		.text(String(at + 1), MARGIN, top - 5, { width: GUTTER - 8, lineBreak: false });
	sheets.fontSize(14).fillColor(INK).text(one.title, LEFT, top, { width: WIDTH, lineGap: 2, link: one.url });
	line(sheets, `${sourceLine(one)}${one.lesson ? ' · for the lesson in it' : ''}`, { size: 9.5, color: SOFT, gap: 2 });
	line(sheets, one.url, { size: 8.5, color: ACCENT, gap: 1, link: one.url });
	sheets.moveDown(0.3);
	if (one.quote) quote(sheets, one.quote);
	paragraphs(sheets, paragraphsIn(html.entries[at]!.why), TEXT);
	updates(
		sheets,
		content.updates.filter(({ about }) => about === one.url),
		language
	);
	line(sheets, `Found ${dayInWords(one.foundOn, language)}`, { size: 8.5, color: SOFT, gap: 2 });
}

function ending(sheets: Sheets, { hash, number, publishedAt, content, html }: Edition, about: About): void {
	sheets.moveDown(0.8);
	if (content.closing) {
		room(sheets, 60);
		rule(sheets);
		paragraphs(sheets, paragraphsIn(html.closing), 11.5);
	}
	room(sheets, 90);
	rule(sheets);
	const { pulse, language, address } = about;
	const small = { size: 9, color: SOFT, gap: 3 };
	if (pulse)
		line(
			sheets,
			`${pulse.changed} of ${pulse.answered} readers who answered say that “${pulse.title}” changed how they work.`,
			small
		);
	line(
		sheets,
		`Edition ${number}, published ${dayInWords(publishedAt.slice(0, 10), language)}. SHA-256 of its content: ${hash}`,
		small
	);
	line(sheets, address, { ...small, color: ACCENT, link: address });
}

function quote(sheets: Sheets, text: string): void {
	sheets.font('slanted').fontSize(12);
	const height = sheets.heightOfString(text, { width: WIDTH - 16, lineGap: 4 });
	room(sheets, Math.min(height + 10, 400));
	const top = sheets.y + 2;
	const fits = top + height < BOTTOM;
	sheets.fillColor(INK).text(text, LEFT + 16, top, { width: WIDTH - 16, lineGap: 4 });
	if (fits) sheets.rect(LEFT, top, 2.5, height - 2).fill(ACCENT);
	sheets.y += 8;
}

function updates(sheets: Sheets, all: Edition['content']['updates'], language: string): void {
	for (const { on, text, url } of all) {
		line(sheets, `UPDATE ${dayInWords(on, language)}: ${text}`, { font: 'strong', size: 9.5, color: ACCENT, gap: 2 });
		if (url) line(sheets, url, { size: 8.5, color: ACCENT, gap: 1, link: url });
		sheets.y += 5;
	}
}
