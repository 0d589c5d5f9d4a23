import { eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemLink, item } from '#src/core/items/server/schema.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { Retirement } from '../input.ts';
import { aid } from './schema.ts';
import { lockAid } from './write.ts';

/**
 * Retires an aid: it is kept and no longer found. Its address and the code on its prints
 * lead to what took its place, where there is one.
 */
export async function retireAid(db: Db, viewer: Viewer, id: string, { successorId }: Retirement): Promise<void> {
	await db.transaction(async (tx) => {
		await lockAid(tx, viewer, id);
		if (successorId) await checkSuccessor(tx, viewer, id, successorId);
		await forgetSuccessor(tx, id);
		await tx.update(aid).set({ successorId }).where(eq(aid.itemId, id));
		if (successorId)
			await tx
				.insert(itemLink)
				.values({ fromId: successorId, toId: id, relation: 'replaces', createdBy: viewer.id })
				.onConflictDoNothing();
		await setState(tx, viewer, id, 'archived');
	});
}

/** Takes a retired aid back into use. */
export async function reviveAid(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockAid(tx, viewer, id);
		await forgetSuccessor(tx, id);
		await tx.update(aid).set({ successorId: null }).where(eq(aid.itemId, id));
		await setState(tx, viewer, id, 'open');
	});
}

/** Removes an aid for good: nobody sees it any more. */
export async function removeAid(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockAid(tx, viewer, id);
		await setState(tx, viewer, id, 'removed');
	});
}

/** Its keeper decides, who need not be its author. */
async function setState(tx: Db, viewer: Viewer, id: string, state: 'open' | 'archived' | 'removed'): Promise<void> {
	const changed = await tx
		.update(item)
		.set({ state })
		.where(sql`id = ${id} and state <> ${state}`)
		.returning({ id: item.id });
	if (changed.length > 0) await emit(tx, 'item.state_changed', { itemId: id, kind: 'aid', state, actorId: viewer.id });
}

const forgetSuccessor = (tx: Db, id: string) =>
	tx
		.delete(itemLink)
		.where(
			sql`to_id = ${id} and relation = 'replaces' and from_id = (select successor_id from aid where item_id = ${id})`
		);

/** It must be an aid the viewer may read, and must not lead back here. */
async function checkSuccessor(tx: Db, viewer: Viewer, id: string, successorId: string): Promise<void> {
	const found = await row<{ circle: boolean }>(
		tx,
		sql`with recursive chain as (
				select a.item_id, a.successor_id, 0 as depth from aid a join item i on i.id = a.item_id
				where a.item_id = ${successorId} and ${visibleItems(viewer, 'i')}
				union all
				select a.item_id, a.successor_id, c.depth + 1 from aid a join chain c on a.item_id = c.successor_id where c.depth < 50
			)
			select bool_or(item_id = ${id}) as circle from chain having count(*) > 0`
	);
	if (!found) throw invalid({ successorId: 'must be a job aid you may read' });
	if (found.circle) throw invalid({ successorId: 'leads back to this one' });
}
