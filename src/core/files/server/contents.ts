import type { SQL } from 'drizzle-orm';
import { sql } from '#src/platform/server/db.ts';

const users: ((key: SQL) => SQL)[] = [
	(key) => sql`exists (select 1 from file f where f.sha256 = ${key})`,
	(key) => sql`exists (select 1 from file f where f.thumbnail_sha256 = ${key})`
];

/**
 * Declares what else keeps contents in the store, so that the sweep leaves them: a room
 * that puts something there says once, when it is wired, in which column it names it.
 * @example usesContents((key) => sql`exists (select 1 from page_picture p where p.sha256 = ${key})`)
 */
export function usesContents(isUsed: (key: SQL) => SQL): void {
	users.push(isUsed);
}

/** Whether anything uses the content of this key. */
export const contentInUse = (key: SQL): SQL =>
	sql`(${sql.join(
		users.map((isUsed) => isUsed(key)),
		sql` or `
	)})`;

const shows: ((id: SQL) => SQL)[] = [];

/** Declares what else shows uploads than items do: those stay as well. The id comes as text. */
export function usesFiles(shown: (id: SQL) => SQL): void {
	shows.push(shown);
}

/** Whether a room shows the upload of this id. */
export const fileInUse = (id: SQL): SQL =>
	shows.length === 0
		? sql`false`
		: sql`(${sql.join(
				shows.map((shown) => shown(id)),
				sql` or `
			)})`;
