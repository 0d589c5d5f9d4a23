import { allow, canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem, lockItem } from '#src/core/items/server/write.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { NewPage, PageEdit } from '../input.ts';

/**
 * Writes a page: a plain document in a space.
 * @returns its id
 * @throws Failure forbidden for people outside the space
 */
export async function writePage(db: Db, viewer: Viewer, input: NewPage): Promise<string> {
	const { submission, ...page } = input;
	return db.transaction((tx) =>
		once(tx, viewer, submission, async () => {
			const id = await createItem(tx, viewer, { kind: 'page', ...page });
			await record(tx, viewer.id, 'shared', { itemId: id, spaceId: page.spaceId });
			return id;
		})
	);
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

/** What the form to edit a page begins with. */
export interface PageToEdit {
	id: string;
	spaceId: string;
	title: string;
	bodyMd: string;
	tags: string[];
	version: number;
}

/** A page whose text the viewer may change. @throws Failure not_found or forbidden */
export async function pageToEdit(db: Db, viewer: Viewer, pageId: string): Promise<PageToEdit> {
	const found = await row<PageToEdit & { authorId: string }>(
		db,
		sql`select i.id, i.space_id as "spaceId", i.author_id as "authorId", i.title, i.body_md as "bodyMd", i.tags, i.version
			from item i where i.id = ${pageId} and i.kind = 'page' and ${visibleItems(viewer, 'i')}`
	);
	if (!found) throw notFound('This page does not exist, or is not open to you.');
	const { authorId, ...page } = found;
	allow(
		canEdit(viewer, { authorId, spaceId: page.spaceId }),
		'Its author and the stewards of the space may edit this page.'
	);
	return page;
}
