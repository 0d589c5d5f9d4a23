import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import type { KeptEdit } from '../input.ts';

/** What was taken back can be brought again for so long. */
const FORGOTTEN_AFTER = '30 days';

/**
 * Changes the note and the tags of what one keeps.
 * @returns the new version
 * @throws Failure conflict with the newer note where it was changed meanwhile, on another device
 */
export async function editKept(db: Db, viewer: Viewer, id: string, edit: KeptEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const found = await row<{ version: number; note: string; tags: string[] }>(
			tx,
			sql`select version, note, tags from kept where id = ${id} and person_id = ${viewer.id} and removed_at is null for update`
		);
		if (!found) throw notFound();
		if (found.version !== edit.version)
			throw conflict('You changed this elsewhere meanwhile. Your text is kept; the other is shown above it.', {
				current: found
			});
		await tx.execute(sql`update kept set note = ${edit.note}, tags = ${array(edit.tags, 'text')}, version = version + 1
			where id = ${id}`);
		return found.version + 1;
	});
}

/** Keeps it no more. It can be brought back for thirty days; once more does nothing. */
export async function removeKept(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.execute(
		sql`update kept set removed_at = coalesce(removed_at, now()) where id = ${id} and person_id = ${viewer.id}`
	);
}

/** The same for an item, where only that is known. */
export async function removeKeptItem(db: Db, viewer: Viewer, itemId: string): Promise<void> {
	await db.execute(sql`update kept set removed_at = coalesce(removed_at, now())
		where item_id = ${itemId} and person_id = ${viewer.id}`);
}

/** Brings back what was taken away. @throws Failure not_found where it is forgotten already */
export async function restoreKept(db: Db, viewer: Viewer, id: string): Promise<void> {
	const found = await row(
		db,
		sql`update kept set removed_at = null where id = ${id} and person_id = ${viewer.id} returning 1`
	);
	if (!found) throw notFound('It was taken away more than thirty days ago.');
}

/** Forgets what nobody brought back in time. */
export async function forgetRemoved(db: Db): Promise<void> {
	await db.execute(sql`delete from kept where removed_at < now() - ${FORGOTTEN_AFTER}::interval`);
}
