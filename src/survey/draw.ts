/** Drawn for a phone, and larger where there is room. */
export const WIDTH = 420;
export const LINE = 16;
const LETTERS = 58;

export const escape = (text: string) => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
export const round = (number: number) => Math.round(number * 10) / 10;

/** A picture of that height. Ink and accent are the page's; a file of its own has those of paper. */
export const frame = (height: number, label: string, body: string) =>
	`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${round(height)}" role="img" aria-label="${escape(label)}" font-family="system-ui, sans-serif" font-size="12.5" fill="currentColor">${body}</svg>`;

/** A text in as many lines as it needs, from the left edge. @param y where its first line begins */
export function textLines(text: string, y: number, more = ''): { svg: string; height: number } {
	const lines: string[] = [''];
	for (const word of text.split(' ')) {
		if (lines.at(-1)!.length + word.length >= LETTERS) lines.push('');
		lines[lines.length - 1] = `${lines.at(-1)!} ${word}`.trim();
	}
	const svg = lines
		.map((line, at) => `<text x="0" y="${round(y + LINE * at + 12)}"${more}>${escape(line)}</text>`)
		.join('');
	return { svg, height: lines.length * LINE };
}

/** No longer than so many letters. */
export const short = (text: string, letters: number) =>
	text.length > letters ? `${text.slice(0, letters - 1).trimEnd()}…` : text;

export const ACCENT = 'var(--accent, #1d6b50)';

/** The colours of paper, for a plot that stands in no page: not every viewer knows a page's own. */
export const asFile = (svg: string): string =>
	svg
		.replaceAll(/var\(--[a-z-]+, (#[0-9a-f]{6})\)/g, '$1')
		.replace('<svg ', '<svg color="#25221d" style="background:#ffffff" ');
