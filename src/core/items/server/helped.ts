import { and, eq } from 'drizzle-orm';
import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { record } from '#src/core/signals/server/record.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import type { HelpedMark } from '../actions-input.ts';
import { isMasked } from './masked.ts';
import { helped, item } from './schema.ts';
import { lockItem } from './write.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** `masked`: the actor stands behind an anonymous item here and is never named. */
		'item.helped': { itemId: string; parentId: string | null; actorId: string; masked: boolean };
		'item.helped_taken_back': { itemId: string; parentId: string | null; actorId: string };
	}
}

/**
 * "This helped", with the minutes it saved and a line on what it changed. Marking again
 * changes minutes and line and tells nobody anew.
 * @throws Failure forbidden for one's own items
 */
export async function markHelped(db: Db, viewer: Viewer, itemId: string, mark: HelpedMark): Promise<void> {
	await db.transaction(async (tx) => {
		const about = await lockItem(tx, viewer, itemId);
		allow(about.authorId !== viewer.id, 'You cannot mark what you wrote yourself.');
		const { minutesSaved = null, note } = mark;
		const [first] = await tx
			.insert(helped)
			.values({ itemId, personId: viewer.id, minutesSaved, note })
			.onConflictDoUpdate({ target: [helped.itemId, helped.personId], set: { minutesSaved, note } })
			// A row that an insert made has never been locked by an update before (xmax 0).
			.returning({ isNew: sql<boolean>`xmax = 0` });
		await count(tx, itemId);
		if (!first?.isNew) return;
		const { parentId } = about;
		await record(tx, viewer.id, 'helped', { itemId, spaceId: about.spaceId });
		const masked = await isMasked(tx, viewer, itemId);
		await emit(tx, 'item.helped', { itemId, parentId, actorId: viewer.id, masked });
	});
}

/** Takes the mark back; without one nothing happens. */
export async function takeBackHelped(db: Db, viewer: Viewer, itemId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const { parentId } = await lockItem(tx, viewer, itemId);
		const mine = and(eq(helped.itemId, itemId), eq(helped.personId, viewer.id));
		const gone = await tx.delete(helped).where(mine).returning();
		if (gone.length === 0) return;
		await count(tx, itemId);
		await emit(tx, 'item.helped_taken_back', { itemId, parentId, actorId: viewer.id });
	});
}

/** Counts anew while the item is locked, so the sums are right whoever marks at once. */
async function count(tx: Db, itemId: string): Promise<void> {
	const marks = sql`from helped where item_id = ${itemId}`;
	await tx
		.update(item)
		.set({
			helpedCount: sql`(select count(*) ${marks})`,
			helpedMinutes: sql`(select coalesce(sum(minutes_saved), 0) ${marks})`
		})
		.where(eq(item.id, itemId));
}
