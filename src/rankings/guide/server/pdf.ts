import { paragraphsIn, type Paragraph } from '#src/platform/server/paragraphs.ts';
import { settingIn } from '#src/platform/server/pdf-setting.ts';
import { A4, ACCENT, INK, SOFT, writePdf, type Sheets } from '#src/platform/server/pdf.ts';
import { dayInWords } from '#src/platform/day.ts';
import { moveInWords } from '../../ranking.ts';
import type { GuideContent, GuideEntry } from '../guide.ts';
import { indexOf, type Mark } from './pdf-index.ts';

const MARGIN = 72;
const WIDTH = A4.width - 2 * MARGIN;
const BOTTOM = A4.height - MARGIN;
const TEXT = 10.5;
const { line, paragraphs, rule, room, feet } = settingIn({ left: MARGIN, width: WIDTH, bottom: BOTTOM });

/** Lines of the contents on a page, and their height in points. */
const CONTENTS_LINE = 17;
const CONTENTS_TOP = 150;
const ON_A_PAGE = Math.floor((BOTTOM - CONTENTS_TOP) / CONTENTS_LINE);

/**
 * An edition of the Guide as PDF: title, contents with pages, an entry after the other, what is
 * not written yet, and an index.
 * @param breath called between entries, so that others are served meanwhile
 */
export async function guidePdf(
	content: GuideContent,
	hash: string,
	breath: () => Promise<void>
): Promise<{ pdf: Buffer; pages: number }> {
	let pages = 0;
	const about = { title: `${content.title}: ${content.name}`, author: content.by, margin: MARGIN, buffered: true };
	const pdf = await writePdf({ ...about, subject: `Edition ${content.number}` }, async (sheets) => {
		titlePage(sheets, content, hash);
		const headings = [...content.entries.map(headingOf), ...(content.unwritten.length > 0 ? [UNWRITTEN] : []), INDEX];
		const kept = Math.ceil(headings.length / ON_A_PAGE);
		for (let page = 0; page < kept; page += 1) sheets.addPage();
		const marks: Mark[] = [];
		const starts: number[] = [];
		for (const entry of content.entries) {
			starts.push(beginPart(sheets, headingOf(entry)));
			marks.push(...drawEntry(sheets, entry));
			await breath();
		}
		if (content.unwritten.length > 0) {
			starts.push(beginPart(sheets, UNWRITTEN));
			line(sheets, 'They stand in the list, and nobody has written of them yet.', { size: TEXT, gap: 4 });
			for (const name of content.unwritten) line(sheets, name, { size: TEXT, gap: 4 });
		}
		starts.push(beginPart(sheets, INDEX));
		await drawIndex(sheets, marks, breath);
		contents(sheets, headings, starts);
		pages = sheets.bufferedPageRange().count;
		feet(sheets, `${content.title} · ${content.name} · ${hash.slice(0, 12)}`, { height: A4.height, first: 1 });
	});
	return { pdf, pages };
}

const UNWRITTEN = 'Not written yet';
const INDEX = 'Index';
const headingOf = ({ name, standing }: GuideEntry) => (standing ? `${standing.place}. ${name}` : name);
const pageNow = (sheets: Sheets) => sheets.bufferedPageRange().count;

function titlePage(
	sheets: Sheets,
	{ title, name, issuedOn, by, list, entries, number }: GuideContent,
	hash: string
): void {
	sheets.rect(0, 0, A4.width, 12).fill(ACCENT);
	line(sheets, by, { size: 13, color: SOFT, at: 190 });
	line(sheets, title, { font: 'strong', size: 34, gap: 12 });
	line(sheets, name, { size: 20, color: ACCENT, gap: 14 });
	const small = { size: 10, color: SOFT, gap: 4 };
	line(sheets, `Edition ${number}, issued ${dayInWords(issuedOn)}. ${entries.length} entries.`, { ...small, at: 620 });
	line(sheets, `It belongs to “${list.title}”, counted from ${list.ballots} ballots.`, small);
	line(sheets, `SHA-256 of that list: ${list.hash}`, { ...small, size: 8.5 });
	line(sheets, `SHA-256 of the content of this edition: ${hash}`, { ...small, size: 8.5 });
}

/** A part begins on a page of its own, and in the outline of the document. @returns the page, counted from 1 */
function beginPart(sheets: Sheets, heading: string): number {
	sheets.addPage();
	sheets.outline.addItem(heading);
	sheets.addNamedDestination(destination(heading));
	line(sheets, heading, { font: 'strong', size: 24, at: 90 });
	sheets.moveDown(0.3);
	rule(sheets);
	return pageNow(sheets);
}

const destination = (heading: string) => `part-${heading}`;

/** @returns what the index names of it */
function drawEntry(sheets: Sheets, entry: GuideEntry): Mark[] {
	const { name, names, standing, writers, version } = entry;
	const marks: Mark[] = [{ term: name, page: pageNow(sheets) }];
	for (const other of names) marks.push({ term: other, see: name });
	const soft = { size: 9.5, color: SOFT, gap: 2 };
	if (standing) line(sheets, standingInWords(standing), soft);
	if (names.length > 0) line(sheets, `Also called ${names.join(', ')}`, soft);
	sheets.moveDown(0.6);
	for (const paragraph of paragraphsIn(entry.html)) {
		if (paragraph.heading) heading(sheets, paragraph);
		else {
			paragraphs(sheets, [paragraph], TEXT);
			marks.push(...emphasised(paragraph).map((term) => ({ term, page: pageNow(sheets) })));
		}
	}
	room(sheets, 30);
	line(sheets, `Written by ${writers.join(', ')}; revision ${version}.`, { ...soft, gap: 8 });
	return marks;
}

const standingInWords = ({ place, tied, points, ballots, ...more }: NonNullable<GuideEntry['standing']>) =>
	`Place ${place}${tied ? ', shared' : ''}: ${points} points on ${ballots} ${ballots === 1 ? 'ballot' : 'ballots'}, ${moveInWords({ place, ...more }).words}`;

function heading(sheets: Sheets, { runs, heading: level }: Paragraph): void {
	// A heading never stands alone at the end of a page.
	room(sheets, 70);
	const text = runs.map((run) => run.text).join('');
	// What is written as ## comes as a heading of level 3: above it stands that of the page.
	const isPart = level! <= 3;
	line(sheets, text, { font: 'strong', size: isPart ? 14 : 11.5, color: isPart ? ACCENT : INK, gap: 8 });
	sheets.y += 4;
}

/** What stands out in a text is what one looks for later. */
const emphasised = ({ runs }: Paragraph) =>
	runs
		.filter(({ strong }) => strong)
		.map(({ text }) => text.replace(/[\s.,:;!?]+$/, '').trim())
		.filter((term) => term.length > 1 && term.length <= 60);

/** The contents, on the pages that were kept for them. */
function contents(sheets: Sheets, headings: string[], starts: number[]): void {
	for (const [at, text] of headings.entries()) {
		const onPage = at % ON_A_PAGE;
		if (onPage === 0) {
			sheets.switchToPage(1 + at / ON_A_PAGE);
			line(sheets, at === 0 ? 'Contents' : 'Contents, continued', { font: 'strong', size: 24, at: 90 });
		}
		const y = CONTENTS_TOP + onPage * CONTENTS_LINE;
		const goTo = destination(text);
		sheets.font('text').fontSize(TEXT).fillColor(INK);
		sheets.text(text, MARGIN, y, { width: WIDTH - 50, height: CONTENTS_LINE, ellipsis: true, lineBreak: false, goTo });
		sheets
			.fillColor(SOFT)
			.text(String(starts[at]), A4.width - MARGIN - 40, y, { width: 40, align: 'right', lineBreak: false, goTo });
	}
}

/** The index, in two columns. */
async function drawIndex(sheets: Sheets, marks: Mark[], breath: () => Promise<void>): Promise<void> {
	const width = (WIDTH - 24) / 2;
	let [column, top] = [0, sheets.y];
	let y = top;
	for (const { term, pages, see } of indexOf(marks)) {
		const words = see ? `${term}, see ${see}` : `${term}  ${pages.join(', ')}`;
		sheets.font('text').fontSize(9.5).fillColor(INK);
		const height = sheets.heightOfString(words, { width, lineGap: 1 }) + 3;
		if (y + height > BOTTOM) {
			column += 1;
			if (column === 2) {
				sheets.addPage();
				[column, top] = [0, MARGIN];
				await breath();
			}
			y = top;
		}
		sheets.text(words, MARGIN + column * (width + 24), y, { width, lineGap: 1 });
		y += height;
	}
}
