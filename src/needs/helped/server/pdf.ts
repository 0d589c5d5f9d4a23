import { A4, ACCENT, INK, LINE, SOFT, writePdf, type Sheets } from '#src/platform/server/pdf.ts';
import { movedInWords, verdictLabels } from '../../plan/plan.ts';
import { quarterInWords } from '#src/platform/quarter.ts';
import { savedInWords, type Helped, type Rolled, type Seen } from '../helped.ts';

const MARGIN = 64;
const WIDTH = A4.width - 2 * MARGIN;
const BOTTOM = A4.height - MARGIN;

/** The quarter as pages to print and hand round. @param about whose it is, and where it is read */
export function helpedPdf(helped: Helped, { by, address }: { by: string; address: string }): Promise<Buffer> {
	const title = `What helped, ${quarterInWords(helped.quarter)}`;
	return writePdf({ title, author: by, margin: MARGIN }, (sheets) => {
		sheets.rect(0, 0, A4.width, 8).fill(ACCENT);
		sheets.y = 72;
		line(sheets, by, 11, SOFT);
		line(sheets, title, 24, INK, 'strong');
		line(sheets, RULES, 9.5, SOFT);
		part(sheets, 'Problems at work that were looked at again');
		for (const one of helped.reviews) review(sheets, one);
		if (helped.reviews.length === 0) line(sheets, 'None in this quarter.', 10.5, SOFT);
		groups(sheets, 'By problem at work', helped.byNeed, helped.needsLeftOut);
		groups(sheets, 'By space', helped.bySpace, helped.spacesLeftOut);
		sheets.y += 14;
		line(sheets, address, 8.5, ACCENT);
	});
}

const RULES =
	'As people say themselves, not measured. Nothing counts fewer than five people, no person is named or ranked, and what is left out stands in no sum.';

function groups(sheets: Sheets, title: string, all: Rolled[], leftOut: number): void {
	part(sheets, title);
	for (const group of all) {
		room(sheets, 70);
		line(sheets, group.title, 12, INK, 'strong');
		line(sheets, `It helped ${group.marks} times, ${group.people} people. ${savedInWords(group)}`, 10.5, INK);
		for (const { text, title } of group.says) line(sheets, `“${text}” (${title})`, 10, SOFT, 'slanted');
		sheets.y += 6;
	}
	if (leftOut > 0) line(sheets, `${leftOut} more, with fewer than five people.`, 9.5, SOFT);
	if (all.length === 0 && leftOut === 0) line(sheets, 'Nothing in this quarter.', 10.5, SOFT);
}

function review(sheets: Sheets, seen: Seen): void {
	room(sheets, 70);
	line(sheets, seen.title, 12, INK, 'strong');
	line(sheets, `${seen.figure}. ${movedInWords(seen, seen.value)} ${verdictLabels[seen.verdict]}.`, 10.5, INK);
	line(sheets, seen.says, 10, SOFT);
	sheets.y += 6;
}

function part(sheets: Sheets, title: string): void {
	room(sheets, 90);
	const at = sheets.y + 10;
	sheets
		.moveTo(MARGIN, at)
		.lineTo(MARGIN + WIDTH, at)
		.lineWidth(0.75)
		.stroke(LINE);
	sheets.y = at + 12;
	line(sheets, title, 14, ACCENT, 'strong');
}

function line(
	sheets: Sheets,
	text: string,
	size: number,
	color: string,
	font: 'text' | 'strong' | 'slanted' = 'text'
): void {
	room(sheets, size * 2);
	sheets
		.font(font)
		.fontSize(size)
		.fillColor(color)
		.text(text, MARGIN, sheets.y + 3, { width: WIDTH, lineGap: 2 });
}

/** Begins a new page where so many points are not left on this one. */
function room(sheets: Sheets, points: number): void {
	if (sheets.y + points > BOTTOM) sheets.addPage();
}
