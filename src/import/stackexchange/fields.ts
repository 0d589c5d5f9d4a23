import { cleanTag } from '#src/core/import/clean.ts';
import { change, skip, type FileReport } from '#src/core/import/report.ts';
import type { Row } from './rows.ts';

/** The number a row is known by; without one it is skipped. */
export function rowId(row: Row, report: FileReport): string | undefined {
	const id = row.attributes.Id;
	if (id && /^-?\d{1,15}$/.test(id)) return id;
	skip(report, { line: row.line, reason: id ? 'its Id is not a number' : 'it has no Id' });
	return undefined;
}

const EARLIEST = Date.parse('1990-01-01');
const DAY = 86_400_000;

/** A moment as dumps write them, in UTC and without a zone; undefined for nonsense. */
export function readMoment(text: string | undefined): string | undefined {
	if (!text || !/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?)?Z?$/.test(text)) return undefined;
	const moment = new Date(text.includes('T') && !text.endsWith('Z') ? `${text}Z` : text);
	const time = moment.getTime();
	if (Number.isNaN(time) || time < EARLIEST || time > Date.now() + DAY) return undefined;
	return moment.toISOString();
}

/** When a row was written; the first of the given fields that makes sense, or else the dump's own day. */
export function writtenAt(row: Row, what: string, fields: string[], fallback: string, report: FileReport): string {
	const [first, ...others] = fields.map((field) => readMoment(row.attributes[field]));
	if (first) return first;
	const used = others.find(Boolean) ?? fallback;
	change(report, { line: row.line, what, reason: `${fields[0]} is no date; another one was used` });
	return used;
}

/** Both ways dumps have written tags: `<a><b>` and `|a|b|`. */
export function readTags(text: string | undefined): string[] {
	const found = (text ?? '').split(/[<>|]+/).flatMap((tag) => cleanTag(tag) ?? []);
	return [...new Set(found)].slice(0, 8);
}

export const wholeNumber = (text: string | undefined): number | undefined =>
	text && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
