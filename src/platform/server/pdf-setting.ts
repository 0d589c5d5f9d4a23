import { ACCENT, INK, LINE, SOFT, type Sheets } from './pdf.ts';
import type { Paragraph } from './paragraphs.ts';

export interface Style {
	font?: 'text' | 'strong' | 'slanted';
	size: number;
	color?: string;
	/** Points above it. */
	gap?: number;
	at?: number;
	link?: string;
}

/** The column that text stands in, in points. */
export interface Column {
	left: number;
	width: number;
	/** Where a page ends. */
	bottom: number;
}

/** Points between the lines of a text. */
const GAP = 3.5;

/**
 * Sets text in a column, page after page.
 * @example const { line, paragraphs } = settingIn({ left: 72, width: 451, bottom: 770 });
 */
export function settingIn({ left, width, bottom }: Column) {
	function line(sheets: Sheets, text: string, { font = 'text', size, color = INK, gap = 0, at, link }: Style): void {
		sheets.y = at ?? sheets.y + gap;
		sheets.font(font).fontSize(size).fillColor(color).text(text, left, sheets.y, { width, lineGap: 2, link });
	}

	function paragraphs(sheets: Sheets, all: Paragraph[], size: number, font: 'text' | 'slanted' = 'text'): void {
		for (const { runs, indent } of all) {
			const [from, wide] = [left + indent * 14, width - indent * 14];
			room(sheets, size * 3);
			sheets.fontSize(size);
			for (const [at, { text, strong, slanted, link }] of runs.entries()) {
				sheets.font(strong ? 'strong' : slanted ? 'slanted' : font).fillColor(link ? ACCENT : INK);
				const more = { width: wide, lineGap: GAP, continued: at < runs.length - 1, link: link ?? null };
				if (at === 0) sheets.text(text, from, sheets.y, more);
				else sheets.text(text, more);
			}
			sheets.y += 6;
		}
	}

	function rule(sheets: Sheets): void {
		const at = sheets.y + 2;
		sheets
			.moveTo(left, at)
			.lineTo(left + width, at)
			.lineWidth(0.75)
			.stroke(LINE);
		sheets.y = at + 12;
	}

	/** Begins a new page where so many points are not left on this one. */
	function room(sheets: Sheets, points: number): void {
		if (sheets.y + points > bottom) sheets.addPage();
	}

	/** At the foot of each page: what it is, and the page. @param first how many pages at the front have none */
	function feet(sheets: Sheets, words: string, { height, first = 0 }: { height: number; first?: number }): void {
		const { start, count } = sheets.bufferedPageRange();
		for (let page = start + first; page < start + count; page += 1) {
			sheets.switchToPage(page);
			// Beneath the margin, where text would begin a new page.
			sheets.page.margins.bottom = 0;
			const at = height - 44;
			sheets.font('text').fontSize(8.5).fillColor(SOFT);
			sheets.text(words, left, at, { width: width - 60, height: 12, ellipsis: true });
			sheets.text(`${page + 1} / ${count}`, left + width - 50, at, { width: 50, align: 'right', lineBreak: false });
		}
	}

	return { line, paragraphs, rule, room, feet };
}
