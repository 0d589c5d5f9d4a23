import { invalid } from '#src/platform/server/errors.ts';
import { recordsOf } from '#src/platform/server/csv.ts';
import type { Decimal } from './number.ts';
import type { Given } from './sift.ts';

/** Lines one table may have: more than a series can hold are no series. */
export const MOST_LINES = 20_000;

const names: Record<'day' | 'value' | 'unit', readonly string[]> = {
	day: ['day', 'date', 'period', 'month', 'week', 'quarter', 'time', 'from', 'start'],
	value: ['value', 'figure', 'number', 'count', 'amount', 'total', 'result'],
	unit: ['unit', 'units']
};

/**
 * The lines of a table as text: the columns `day` and `value`, and `unit` where it has one.
 * Without heads the first two columns are taken.
 * @throws Failure invalid where it has no such columns, or too many lines
 */
export async function linesOfTable(text: string, decimal: Decimal): Promise<Given[]> {
	const rows: { cells: readonly string[]; line: number }[] = [];
	const sign = signOf(text, decimal);
	const plain = sign === ' ' ? text.replace(/^[ \t]+/gm, '').replace(/[ \t]+/g, '\t') : text;
	for await (const record of recordsOf(once(plain), sign === ' ' ? '\t' : sign)) {
		rows.push(record);
		if (rows.length > MOST_LINES + 1) throw tooLong();
	}
	return linesOfRows(rows);
}

const tooLong = () => invalid({ values: `may be ${MOST_LINES.toLocaleString('en')} lines at most` });

async function* once(text: string): AsyncGenerator<string> {
	yield text;
}

/** What parts the cells: a comma only where it is not part of numbers, and blanks where nothing else is there. */
function signOf(text: string, decimal: Decimal): string {
	const first = text.split(/\r\n|\r|\n/).find((line) => line.trim()) ?? '';
	const found = ['\t', ';', '|'].find((sign) => first.includes(sign));
	return found ?? (first.includes(',') && decimal === 'point' ? ',' : ' ');
}

/**
 * The same from cells, as a workbook brings them.
 * @throws Failure invalid
 */
export function linesOfRows(rows: readonly { cells: readonly (string | number)[]; line: number }[]): Given[] {
	const [head, ...rest] = rows.filter(({ cells }) => cells.some((cell) => String(cell).trim()));
	if (!head) throw invalid({ values: 'are needed: a line for each, with a day and a value' });
	if (rows.length > MOST_LINES + 1) throw tooLong();
	const columns = columnsOf(head.cells);
	const lines = columns ? rest : [head, ...rest];
	const { day, value, unit } = columns ?? { day: 0, value: 1, unit: -1 };
	return lines.map(({ cells, line }) => ({
		line,
		day: String(cells[day] ?? ''),
		value: cells[value] ?? '',
		...(unit >= 0 && { unit: String(cells[unit] ?? '') })
	}));
}

/** Where the columns are; undefined where the first line holds values already. */
function columnsOf(cells: readonly (string | number)[]): Record<keyof typeof names, number> | undefined {
	const heads = cells.map((cell) => String(cell).trim().toLowerCase());
	if (heads.some((head) => /^\d/.test(head))) return undefined;
	const at = (name: keyof typeof names) => heads.findIndex((head) => names[name].includes(head));
	const columns = { day: at('day'), value: at('value'), unit: at('unit') };
	if (columns.day < 0 || columns.value < 0)
		throw invalid({ values: 'need a column “day” and a column “value” in their first line' });
	return columns;
}
