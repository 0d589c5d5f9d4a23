import { A4, ACCENT, INK, LINE, SOFT, writePdf, type Sheets } from '#src/platform/server/pdf.ts';
import { dayInWords } from '#src/platform/day.ts';
import { goalFacts, helpedLine, noteLabels, type Year } from '../work.ts';

const MARGIN = 72;
const WIDTH = A4.width - 2 * MARGIN;
/** A heading does not stand alone at the foot of a page. */
const LAST_LINES = A4.height - MARGIN - 60;

/** A year of somebody's work, set to be taken to the review. @param by whose it is */
export function yearPdf(year: Year, by: string, language: string): Promise<Buffer> {
	return writePdf({ title: `${year.year}: my work`, author: by, margin: MARGIN, buffered: true }, (sheets) => {
		sheets.rect(0, 0, A4.width, 8).fill(ACCENT);
		write(sheets, by, { size: 11, color: SOFT, at: 80 });
		write(sheets, `My work in ${year.year}`, { font: 'strong', size: 26, gap: 8 });
		if (year.goals.length > 0) heading(sheets, 'What I aimed at');
		for (const goal of year.goals) {
			write(sheets, goal.title, { font: 'strong', gap: 6 });
			write(sheets, goalFacts(goal, language), { size: 9.5, color: SOFT });
			if (goal.why) write(sheets, goal.why, {});
		}
		for (const kind of ['evidence', 'reflection'] as const) {
			const notes = year.notes.filter((note) => note.kind === kind);
			if (notes.length > 0) heading(sheets, kind === 'evidence' ? 'What I can show' : 'What I learned');
			for (const note of notes) {
				const facts = [dayInWords(note.happenedOn, language), note.goal?.title, note.about].filter(Boolean);
				write(sheets, facts.join(' · ') || noteLabels[kind], { size: 9.5, color: SOFT, gap: 6 });
				write(sheets, note.text, {});
				if (note.address) write(sheets, note.address, { size: 9.5, color: ACCENT });
			}
		}
		if (year.helped.times > 0) heading(sheets, 'What helped colleagues');
		if (year.helped.times > 0) write(sheets, helpedLine(year.helped), {});
		for (const said of year.helped.said) {
			const minutes = said.minutes ? `${said.minutes} minutes saved` : '';
			write(sheets, [said.title, minutes].filter(Boolean).join(' · '), { size: 9.5, color: SOFT, gap: 6 });
			if (said.note) write(sheets, said.note, { font: 'slanted' });
		}
		feet(sheets, `${by} · ${year.year}`);
	});
}

function heading(sheets: Sheets, text: string): void {
	if (sheets.y > LAST_LINES) sheets.addPage();
	sheets.moveDown(1);
	sheets
		.moveTo(MARGIN, sheets.y)
		.lineTo(MARGIN + WIDTH, sheets.y)
		.lineWidth(0.7)
		.stroke(LINE);
	write(sheets, text, { font: 'strong', size: 15, gap: 8 });
}

interface Look {
	font?: 'text' | 'strong' | 'slanted';
	size?: number;
	color?: string;
	/** Points above it. */
	gap?: number;
	/** Points from the page's upper edge. */
	at?: number;
}

function write(sheets: Sheets, text: string, { font = 'text', size = 11, color = INK, gap = 2, at }: Look): void {
	sheets.font(font).fontSize(size).fillColor(color);
	sheets.text(text, MARGIN, at ?? sheets.y + gap, { width: WIDTH, lineGap: 2.5 });
}

function feet(sheets: Sheets, text: string): void {
	const { start, count } = sheets.bufferedPageRange();
	for (let page = start; page < start + count; page++) {
		sheets.switchToPage(page);
		// Below the margin nothing may begin a new page.
		sheets.page.margins.bottom = 0;
		sheets.font('text').fontSize(8.5).fillColor(SOFT);
		sheets.text(`${text} · ${page + 1} of ${count}`, MARGIN, A4.height - 40, { width: WIDTH, align: 'right' });
	}
}
