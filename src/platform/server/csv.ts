import { linesOf } from './lines.ts';

export interface Record {
	cells: string[];
	/** Where it begins. */
	line: number;
}

/** Characters of one record. */
const MOST = 200_000;
const SIGNS = [',', ';', '\t', '|'];

/**
 * The records of a table as it comes in (RFC 4180). What parts the cells, its first line tells: comma,
 * semicolon, tab or bar, whichever is there most; `sep=;` before it says so outright.
 * @param known what parts the cells, where the caller knows
 */
export async function* recordsOf(pieces: AsyncIterable<string>, known?: string): AsyncGenerator<Record> {
	let sign = known;
	let open = '';
	let began = 0;
	for await (const { text, line } of linesOf(pieces)) {
		const said = line === 1 ? /^\ufeff?sep=(.)$/.exec(text)?.[1] : undefined;
		if (said) {
			sign = said;
			continue;
		}
		const bare = line === 1 ? text.replace(/^\ufeff/, '') : text;
		if (!open && !bare.trim()) continue;
		if (!open) began = line;
		const whole = open ? `${open}\n${bare}` : bare;
		sign ??= signOf(whole);
		// A quote that is open at the end of a line goes on in the next.
		if (isOpen(whole, sign) && whole.length < MOST) {
			open = whole;
			continue;
		}
		open = '';
		yield { cells: cellsOf(whole, sign), line: began };
	}
	if (open) yield { cells: cellsOf(open, sign ?? ','), line: began };
}

const signOf = (line: string) =>
	SIGNS.reduce((best, sign) => (line.split(sign).length > line.split(best).length ? sign : best));

function isOpen(text: string, sign: string): boolean {
	let quoted = false;
	let atStart = true;
	for (let at = 0; at < text.length; at += 1) {
		const letter = text[at];
		if (quoted) {
			if (letter === '"' && text[at + 1] === '"') at += 1;
			else if (letter === '"') quoted = false;
		} else if (letter === '"' && atStart) quoted = true;
		atStart = !quoted && letter === sign;
	}
	return quoted;
}

function cellsOf(text: string, sign: string): string[] {
	const cells: string[] = [];
	let at = 0;
	while (at <= text.length) {
		if (text[at] === '"') {
			let end = at + 1;
			while (end < text.length && !(text[end] === '"' && text[end + 1] !== '"')) end += text[end] === '"' ? 2 : 1;
			const next = text.indexOf(sign, end);
			cells.push(text.slice(at + 1, end).replaceAll('""', '"'));
			at = next < 0 ? text.length + 1 : next + 1;
		} else {
			const next = text.indexOf(sign, at);
			const end = next < 0 ? text.length : next;
			cells.push(text.slice(at, end));
			at = end + 1;
		}
	}
	return cells;
}

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const isNumber = (text: string) => /^-?\d+([.,]\d+)?$/.test(text);

/**
 * A cell that no spreadsheet runs: what could be a formula stands behind an apostrophe, which
 * spreadsheets take for "this is text".
 */
export function cellOf(value: string): string {
	const safe = (FORMULA.test(value) && !isNumber(value)) || /^'+[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",;\t|\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The same without the apostrophe. */
export const valueOf = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);
