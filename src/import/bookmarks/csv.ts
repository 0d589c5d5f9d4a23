import { leaveOut, type FileReport } from '#src/core/import/report.ts';
import type { RawLink } from './raw.ts';
import { secondsOf } from './html.ts';

/** Pocket's CSV: title, url, time_added, tags (parted by bars), status. */
export function pocketCsv(text: string, report: FileReport): RawLink[] {
	const [head = [], ...lines] = rowsOf(text.replace(/^\ufeff/, ''));
	const column = new Map(head.map((name, index) => [name.trim().toLowerCase(), index]));
	const links = lines
		.filter((line) => line.some(Boolean))
		.map((line) => {
			const value = (name: string) => line[column.get(name) ?? -1] ?? '';
			const [url, title] = [value('url'), value('title')];
			const tags = value('tags').split('|');
			return { url, title: title === url ? '' : title, tags, addedAt: secondsOf(value('time_added')) };
		});
	if (column.has('status') && links.length > 0) leaveOut(report, 'whether it had been read', links.length);
	return links;
}

/** RFC 4180: fields in quotes may hold commas, line ends and doubled quotes. */
export function rowsOf(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|\r|$)/y;
	while (field.lastIndex < text.length) {
		const found = field.exec(text);
		if (!found) break;
		const [, value = '', end] = found;
		row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
		if (end === ',') continue;
		rows.push(row);
		row = [];
	}
	if (row.length > 0) rows.push(row);
	return rows;
}
