import { change, leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { decodePieces } from '#src/platform/server/charset.ts';
import { noMedia, NotCarried, originOf, type Carried } from '../carried.ts';
import { TextReader } from '../text.ts';
import { columnOf, OPTIONS } from './columns.ts';
import { recordsOf, valueOf } from '#src/platform/server/csv.ts';
import { contentOf, type Line } from './types.ts';

/** Reads a table of questions, a line at a time. */
export async function* readCsv(content: AsyncIterable<Buffer>, report: FileReport): AsyncGenerator<Carried> {
	const texts = new TextReader(report);
	let heads: (string | undefined)[] | undefined;
	for await (const { cells, line } of recordsOf(decodePieces(content))) {
		if (!heads) {
			heads = headsOf(cells, report);
			continue;
		}
		if (cells.every((cell) => !cell.trim())) continue;
		report.read += 1;
		texts.where = { line, what: '' };
		const told = (reason: string) => change(report, { ...texts.where, reason });
		if (cells.some((cell) => cell.includes('\ufffd'))) told('bytes that stand for no sign were replaced');
		if (cells.length > heads.length && cells.slice(heads.length).some(Boolean))
			told('cells behind the last column were left out');
		try {
			const row = lineOf(cells, heads);
			if (!row.prompt) throw new NotCarried('it asks nothing: the cell for what is asked is empty');
			const carried = contentOf(row, texts, told);
			yield {
				id: originOf(row.cells.get('id')?.trim() ?? '', carried),
				...texts.where,
				objective: row.cells.get('objective')?.trim().slice(0, 200) ?? '',
				content: carried,
				media: noMedia
			};
		} catch (error) {
			if (!(error instanceof NotCarried)) throw error;
			skip(report, { ...texts.where, reason: error.message });
		}
	}
}

function headsOf(cells: string[], report: FileReport): (string | undefined)[] {
	const heads = cells.map((cell) => columnOf(valueOf(cell)));
	for (const [n, head] of heads.entries())
		if (head === undefined && cells[n]?.trim()) leaveOut(report, `the column “${cells[n].trim().slice(0, 60)}”`);
	return heads;
}

function lineOf(cells: string[], heads: (string | undefined)[]): Line {
	const found = new Map<string, string>();
	for (const [n, head] of heads.entries()) if (head && !found.has(head)) found.set(head, valueOf(cells[n] ?? ''));
	const numbered = (name: string) =>
		Array.from({ length: OPTIONS }, (_, n) => found.get(`${name} ${n + 1}`)?.trim() ?? '');
	return {
		cells: found,
		prompt: found.get('prompt')?.trim() ?? '',
		options: numbered('option'),
		whys: numbered('why')
	};
}

/** Whether a line can be the head of such a table. */
export const isHead = (line: string): boolean => {
	const names = line.split(/[,;\t|]/).map((cell) => columnOf(cell.replace(/^"|"$/g, '')));
	return names.includes('prompt') && names.length > 1;
};
