import { and, eq } from 'drizzle-orm';
import { allow, canEdit, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { linkFiles } from '#src/core/files/server/read.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { sql, together, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { renderBody } from './body.ts';
import { item, revision } from './schema.ts';

export type ItemRow = typeof item.$inferSelect;

export interface NewItem {
	/** Where its id is known before it is there; a new one unless told. */
	id?: string;
	kind: string;
	spaceId: string;
	parentId?: string;
	title?: string;
	bodyMd: string;
	tags?: string[];
	anonymous?: boolean;
}

/**
 * Writes a new item with its first revision and its event. The caller's transaction
 * holds it together with what the capability adds.
 * @returns the id
 * @throws Failure forbidden unless the viewer is a member of the space
 */
export async function createItem(tx: Db, viewer: Viewer, input: NewItem): Promise<string> {
	allow(canWriteIn(viewer, input), 'Join the space to write in it.');
	const { id = newId(), kind, spaceId, parentId = null, title = '', bodyMd, tags = [], anonymous = false } = input;
	const { bodyHtml, fileIds } = await renderBody(tx, viewer, bodyMd);
	await tx.insert(item).values({
		...{ id, kind, spaceId, parentId, title, bodyMd, bodyHtml, tags, anonymous },
		authorId: viewer.id
	});
	await together(
		linkFiles(tx, id, fileIds),
		tx.insert(revision).values({ itemId: id, version: 1, title, bodyMd, tags, editorId: viewer.id }),
		emit(tx, 'item.created', { itemId: id, kind, spaceId, parentId, actorId: viewer.id })
	);
	return id;
}

export interface ItemEdit {
	title?: string;
	bodyMd?: string;
	tags?: string[];
	note?: string;
	/** The version the editor saw. */
	version: number;
}

/**
 * Adds a revision. Somebody else's newer version is never overwritten.
 * @param may who may: for kinds whose keeper is not their author alone
 * @returns the new version
 * @throws Failure conflict with `current` (the newer title, text and tags) on a stale edit
 */
export async function editItem(
	tx: Db,
	viewer: Viewer,
	itemId: string,
	edit: ItemEdit,
	may: (viewer: Viewer, item: ItemRow) => boolean = canEdit
): Promise<number> {
	const current = await lockItem(tx, viewer, itemId);
	allow(may(viewer, current));
	if (current.version !== edit.version) throw stale(current);
	const next = {
		title: edit.title ?? current.title,
		bodyMd: edit.bodyMd ?? current.bodyMd,
		tags: edit.tags ?? current.tags
	};
	const version = current.version + 1;
	const { bodyHtml, fileIds } = await renderBody(tx, viewer, next.bodyMd);
	const now = sql`now()`;
	await tx
		.update(item)
		.set({ ...next, bodyHtml, version, updatedAt: now, activeAt: now })
		.where(eq(item.id, itemId));
	await linkFiles(tx, itemId, fileIds);
	await tx.insert(revision).values({ itemId, version, ...next, editorId: viewer.id, note: edit.note ?? '' });
	await emit(tx, 'item.edited', { itemId, kind: current.kind, version, actorId: viewer.id });
	return version;
}

function stale(current: ItemRow) {
	return conflict('Somebody saved a newer version while you were writing. Your text is kept; see both below.', {
		current: { version: current.version, title: current.title, bodyMd: current.bodyMd, tags: current.tags }
	});
}

/** Archives, restores or removes an item. */
export async function changeState(tx: Db, viewer: Viewer, itemId: string, state: ItemRow['state']): Promise<void> {
	const current = await lockItem(tx, viewer, itemId);
	allow(canEdit(viewer, current));
	if (current.state === state) return;
	await tx.update(item).set({ state }).where(eq(item.id, itemId));
	await emit(tx, 'item.state_changed', { itemId, kind: current.kind, state, actorId: viewer.id });
}

/** An item to be changed, locked until the transaction ends. @throws Failure not_found, also for what the viewer may not read */
export async function lockItem(tx: Db, viewer: Viewer, itemId: string, kind?: string): Promise<ItemRow> {
	const [found] = await tx
		.select()
		.from(item)
		.where(and(eq(item.id, itemId), kind ? eq(item.kind, kind) : undefined))
		.for('update');
	if (!found || found.state === 'removed' || !viewer.readableSpaces.includes(found.spaceId)) throw notFound();
	return found;
}

/** An item as its editor starts from it. @throws Failure not_found or forbidden */
export async function itemToEdit(db: Db, viewer: Viewer, itemId: string, kind?: string) {
	const [found] = await db
		.select()
		.from(item)
		.where(and(eq(item.id, itemId), kind ? eq(item.kind, kind) : undefined, visibleItems(viewer)));
	if (!found) throw notFound();
	allow(canEdit(viewer, found));
	const { id, spaceId, title, bodyMd, tags, version, parentId } = found;
	return { id, spaceId, title, bodyMd, tags, version, parentId };
}
