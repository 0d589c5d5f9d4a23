import type { Viewer } from '#src/core/access/server/viewer.ts';
import { createItem, editItem, lockItem } from '#src/core/items/server/write.ts';
import { record } from '#src/core/signals/server/record.ts';
import type { Db } from '#src/platform/server/db.ts';
import type { NewPage, PageEdit } from '../input.ts';

/**
 * Writes a page: a plain document in a space.
 * @returns its id
 * @throws Failure forbidden for people outside the space
 */
export async function writePage(db: Db, viewer: Viewer, input: NewPage): Promise<string> {
	return db.transaction(async (tx) => {
		const id = await createItem(tx, viewer, { kind: 'page', ...input });
		await record(tx, viewer.id, 'shared', { itemId: id, spaceId: input.spaceId });
		return id;
	});
}

/**
 * Changes a page as a new revision.
 * @returns the new version
 * @throws Failure conflict with the newer text on a stale edit
 */
export async function editPage(db: Db, viewer: Viewer, pageId: string, edit: PageEdit): Promise<number> {
	return db.transaction(async (tx) => {
		await lockItem(tx, viewer, pageId, 'page');
		return editItem(tx, viewer, pageId, edit);
	});
}
