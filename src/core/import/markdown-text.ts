/** The signs of Markdown, written so that they come out as they were meant. */

/** A piece of running text: what would be read as a sign is escaped. @param atStart it begins a line */
export function escapeText(text: string, atStart = false): string {
	if (!/[\\`*_[\]~#>+\-.<|&]/.test(text)) return text;
	const escaped = text
		.split(/(https?:\/\/\S+)/)
		.map((part, index) =>
			index % 2
				? part
				: part
						.replace(/[\\`*[\]~]/g, '\\$&')
						.replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
						.replace(/<(?=[a-z/!?])/gi, '\\<')
						.replace(/&(?=#?\w{1,40};)/g, '\\&')
						// A word after # would become a tag.
						.replace(/(?<![^\s([{,;/])#(?=\p{L})/gu, '\\#')
		)
		.join('');
	return atStart ? escaped.replace(/^(#{1,6}(?= )|>|[-+](?= )|\d{1,9}(?=[.)] ))/, startEscaped) : escaped;
}

/** `1.` at the start of a line is a list unless its full stop is escaped; the others escape themselves. */
const startEscaped = (sign: string) => (/^\d/.test(sign) ? `${sign}\\` : `\\${sign}`);

export function inlineCode(text: string): string {
	const code = text.replace(/\s*\n\s*/g, ' ');
	if (!code.trim()) return '';
	const ticks = '`'.repeat(longestRun(code) + 1);
	const space = /^`|`$/.test(code) ? ' ' : '';
	return ticks + space + code + space + ticks;
}

export function codeFence(text: string, language = ''): string {
	const ticks = '`'.repeat(Math.max(3, longestRun(text) + 1));
	return `${ticks}${language}\n${text.replace(/\r\n?/g, '\n').replace(/^\n+|\s+$/g, '')}\n${ticks}`;
}

function longestRun(text: string): number {
	if (!text.includes('`')) return 0;
	return Math.max(...text.match(/`+/g)!.map((run) => run.length));
}

export const quoted = (text: string): string => text.replace(/^/gm, '> ').replace(/^> $/gm, '>');

/** A table whose first row is its head. */
export function table(rows: string[][]): string {
	const width = Math.max(0, ...rows.map((row) => row.length));
	if (width === 0) return '';
	const line = (cells: string[]) =>
		`| ${Array.from({ length: width }, (_, column) => (cells[column] ?? '').replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
	const [head = [], ...body] = rows;
	return [line(head), `|${' --- |'.repeat(width)}`, ...body.map(line)].join('\n');
}
