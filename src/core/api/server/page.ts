import { z } from 'zod';
import { invalid } from '#src/platform/server/errors.ts';

/** How a list is asked for: `cursor` is the `next` of the page before. */
export const paging = z.strictObject({
	cursor: z.string().max(300).optional(),
	limit: z.coerce.number('must be a number').int().min(1).max(100).default(25)
});
export type Paging = z.output<typeof paging>;

/** A page of a list; `next` is null on the last one. */
export const pageOf = <T extends z.ZodType>(entry: T) =>
	z.object({ items: z.array(entry), next: z.string().nullable() });

/** Cuts rows that were read with one row to spare into a page. @param keyOf the values the list is ordered by */
export function toPage<T>(rows: T[], limit: number, keyOf: (row: T) => string[]): { items: T[]; next: string | null } {
	const items = rows.slice(0, limit);
	const last = items.at(-1);
	return { items, next: rows.length > limit && last ? encodeCursor(keyOf(last)) : null };
}

/** A cursor is opaque to its reader: the order keys of the last row, in base64url. */
export const encodeCursor = (keys: string[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url');

/** What a list may be ordered by. */
const keyKinds = {
	time: /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?([+-](0\d|1[0-5])(:?[0-5]\d)?|Z)?$/,
	id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
	flag: /^(true|false)$/
};
type KeyKind = keyof typeof keyKinds;

/**
 * @param kinds what the order keys are: a cursor made up by its sender must not reach the database
 * @returns the order keys, or undefined without a cursor
 * @throws Failure invalid for one that is not ours
 */
export function decodeCursor(cursor: string | undefined, ...kinds: KeyKind[]): string[] | undefined {
	if (!cursor) return undefined;
	try {
		const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
		if (Array.isArray(keys) && keys.length === kinds.length && kinds.every((kind, at) => isKey(kind, keys[at])))
			return keys;
	} catch {
		// not ours: answered below
	}
	throw invalid({ cursor: 'is not a cursor of this list; leave it out to start again' });
}

const isKey = (kind: KeyKind, key: unknown): boolean =>
	typeof key === 'string' && keyKinds[kind].test(key) && (kind !== 'time' || isMoment(key));

/** The 31st of February has the form of a day, but is none. */
function isMoment(time: string): boolean {
	const day = time.slice(0, 10);
	const moment = new Date(`${day}T${time.slice(11, 19)}Z`);
	return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day);
}
