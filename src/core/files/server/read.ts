import { and, eq, inArray } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import { file, itemFile } from './schema.ts';
import type { FileRow } from './store.ts';

const openers: ((viewer: Viewer) => SQL)[] = [];

/** Declares what else opens the row of `file` to a viewer: a room says it once, when it is wired. */
export function opensFiles(isOpen: (viewer: Viewer) => SQL): void {
	openers.push(isOpen);
}

/** Which files a viewer may read: their own, profile photos, what an item they may read shows, and what rooms declare. */
export function visibleFiles(viewer: Viewer): SQL {
	return sql`(file.uploader_id = ${viewer.id} or file.shared or exists (
		select 1 from item_file f join item i on i.id = f.item_id where f.file_id = file.id and ${visibleItems(viewer, 'i')})
		${sql.join(
			openers.map((isOpen) => sql`or ${isOpen(viewer)}`),
			sql` `
		)})`;
}

/** A file the viewer may read. @throws Failure not_found */
export async function fileById(db: Db, viewer: Viewer, id: string): Promise<FileRow> {
	if (!isId(id)) throw notFound('There is no such file, or it is not open to you.');
	const [found] = await db
		.select()
		.from(file)
		.where(and(eq(file.id, id), visibleFiles(viewer)));
	if (!found) throw notFound('There is no such file, or it is not open to you.');
	return found;
}

const address = /\/files\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/gi;

/** The ids of the files a text shows or links to. */
export const fileIdsIn = (text: string): string[] => [
	...new Set([...text.matchAll(address)].map(([, id]) => id!.toLowerCase()))
];

/**
 * The files a text names that its writer may read, by id. A file of others named in a
 * text opens nothing: only what the writer could read before comes with it.
 */
export async function filesIn(db: Db, viewer: Viewer, text: string): Promise<Map<string, FileRow>> {
	const ids = fileIdsIn(text);
	if (ids.length === 0) return new Map();
	const found = await db
		.select()
		.from(file)
		.where(and(inArray(file.id, ids), visibleFiles(viewer)));
	return new Map(found.map((row) => [row.id, row]));
}

/** Notes which files an item shows, so who may read the item may read them. What older versions show stays. */
export async function linkFiles(tx: Db, itemId: string, ids: Iterable<string>): Promise<void> {
	const links = [...ids].map((fileId) => ({ itemId, fileId }));
	if (links.length > 0) await tx.insert(itemFile).values(links).onConflictDoNothing();
}
