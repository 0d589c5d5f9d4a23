import { allow, canEdit, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { watch } from '#src/core/items/server/follows.ts';
import { markHelped } from '#src/core/items/server/helped.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem, lockItem } from '#src/core/items/server/write.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import type { NewRequest, RequestEdit, Thanks } from '../input.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** Something was offered that shows what was wanted. */
		'request.shown': { requestId: string; itemId: string; actorId: string };
	}
}

/**
 * Asks who can show something.
 * @returns the request's id
 * @throws Failure forbidden for people outside the space
 */
export async function makeRequest(db: Db, viewer: Viewer, input: NewRequest): Promise<string> {
	const { submission, ...wanted } = input;
	return db.transaction((tx) =>
		once(tx, viewer, submission, async () => {
			const id = await createItem(tx, viewer, { kind: 'request', ...wanted });
			await tx.execute(sql`insert into request (item_id) values (${id})`);
			await watch(tx, viewer.id, { targetKind: 'item', target: id });
			await record(tx, viewer.id, 'asked', { itemId: id, spaceId: wanted.spaceId });
			return id;
		})
	);
}

/** Changes what is wanted as a new revision. @throws Failure conflict on a stale edit */
export async function editRequest(db: Db, viewer: Viewer, requestId: string, edit: RequestEdit): Promise<number> {
	return db.transaction(async (tx) => {
		await lockItem(tx, viewer, requestId, 'request');
		return editItem(tx, viewer, requestId, edit);
	});
}

/**
 * Says that an item shows what is wanted; saying it again changes nothing.
 * @throws Failure invalid for the request itself; not_found for an item the viewer may not read
 */
export async function showFor(db: Db, viewer: Viewer, requestId: string, itemId: string): Promise<void> {
	if (itemId === requestId) throw invalid({ itemId: 'is the request itself' });
	await db.transaction(async (tx) => {
		const request = await lockItem(tx, viewer, requestId, 'request');
		allow(canWriteIn(viewer, request), 'Join the space to answer in it.');
		await lockItem(tx, viewer, itemId);
		const made = await row(
			tx,
			sql`insert into item_link (from_id, to_id, relation, created_by)
				values (${itemId}, ${requestId}, 'answers', ${viewer.id}) on conflict do nothing returning 1`
		);
		if (!made) return;
		await tx.execute(sql`update item set active_at = now() where id = ${requestId}`);
		await watch(tx, viewer.id, { targetKind: 'item', target: requestId });
		await record(tx, viewer.id, 'answered', { itemId: requestId, spaceId: request.spaceId });
		await emit(tx, 'request.shown', { requestId, itemId, actorId: viewer.id });
	});
}

/** Takes it away again: whoever said it, whoever asked, or a steward. */
export async function showNoMore(db: Db, viewer: Viewer, requestId: string, itemId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const request = await lockItem(tx, viewer, requestId, 'request');
		const link = await row<{ created_by: string }>(tx, linkQuery(requestId, itemId));
		if (!link) throw notFound();
		allow(link.created_by === viewer.id || canEdit(viewer, request));
		await tx.execute(
			sql`delete from item_link where from_id = ${itemId} and to_id = ${requestId} and relation = 'answers'`
		);
	});
}

/**
 * Thanks for what showed it: the request is answered, and the item has helped, with what it saved.
 * @throws Failure forbidden for everybody but whoever asked
 */
export async function giveThanks(db: Db, viewer: Viewer, requestId: string, thanks: Thanks): Promise<void> {
	const { itemId, ...mark } = thanks;
	await db.transaction(async (tx) => {
		const request = await lockItem(tx, viewer, requestId, 'request');
		allow(request.authorId === viewer.id, 'Whoever asked says what showed it.');
		if (!(await row(tx, linkQuery(requestId, itemId)))) throw notFound();
		const item = await lockItem(tx, viewer, itemId);
		// One's own find answers the request, and is no help by a colleague.
		if (item.authorId !== viewer.id) await markHelped(tx, viewer, itemId, mark);
		await tx.execute(sql`update request set answered_at = coalesce(answered_at, now()) where item_id = ${requestId}`);
	});
}

/** Opens it again: whoever asked, or a steward. */
export async function takeBackThanks(db: Db, viewer: Viewer, requestId: string): Promise<void> {
	await db.transaction(async (tx) => {
		allow(canEdit(viewer, await lockItem(tx, viewer, requestId, 'request')));
		await tx.execute(sql`update request set answered_at = null where item_id = ${requestId}`);
	});
}

const linkQuery = (requestId: string, itemId: string) =>
	sql`select created_by from item_link where from_id = ${itemId} and to_id = ${requestId} and relation = 'answers'`;
