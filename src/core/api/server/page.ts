import { z } from 'zod';
import { invalid } from '#src/platform/server/errors.ts';

/** How a list is asked for: `cursor` is the `next` of the page before. */
export const paging = z.strictObject({
	cursor: z.string().max(300).optional(),
	limit: z.coerce.number('must be a number').int().min(1).max(100).default(25)
});

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

/** @returns the order keys, or undefined without a cursor @throws Failure invalid for one that is not ours */
export function decodeCursor(cursor: string | undefined, length: number): string[] | undefined {
	if (!cursor) return undefined;
	try {
		const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
		if (Array.isArray(keys) && keys.length === length && keys.every((key) => typeof key === 'string')) return keys;
	} catch {
		// not ours: answered below
	}
	throw invalid({ cursor: 'is not a cursor of this list; leave it out to start again' });
}
