import { and, eq, isNull } from 'drizzle-orm';
import { allow, canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { FlagNote, FlagSettlement } from '../actions-input.ts';
import { flag } from './schema.ts';
import { lockItem } from './write.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		'item.flagged': { itemId: string; flagId: string; actorId: string };
		'item.flags_settled': { itemId: string; as: 'still_right' | 'updated'; actorId: string };
	}
}

/** Says that an item may be outdated; again changes the note of the open flag. */
export async function flagOutdated(db: Db, viewer: Viewer, itemId: string, { note }: FlagNote): Promise<void> {
	await db.transaction(async (tx) => {
		await lockItem(tx, viewer, itemId);
		const mine = and(eq(flag.itemId, itemId), eq(flag.personId, viewer.id), isNull(flag.settledAt));
		const changed = await tx.update(flag).set({ note }).where(mine).returning();
		if (changed.length > 0) return;
		const id = newId();
		await tx.insert(flag).values({ id, itemId, personId: viewer.id, reason: 'outdated', note });
		await emit(tx, 'item.flagged', { itemId, flagId: id, actorId: viewer.id });
	});
}

/** Settles all open flags of an item: its author or a steward says it still holds, or was brought up to date. */
export async function settleFlags(db: Db, viewer: Viewer, itemId: string, settlement: FlagSettlement): Promise<void> {
	await db.transaction(async (tx) => {
		allow(canEdit(viewer, await lockItem(tx, viewer, itemId)));
		const settled = await tx
			.update(flag)
			.set({ settledAt: sql`now()`, settledBy: viewer.id, settledAs: settlement.as })
			.where(and(eq(flag.itemId, itemId), isNull(flag.settledAt)))
			.returning();
		if (settled.length === 0) return;
		await emit(tx, 'item.flags_settled', { itemId, as: settlement.as, actorId: viewer.id });
	});
}
