import { and, eq, isNull } from 'drizzle-orm';
import { allow, canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { FlagNote, FlagSettlement } from '../actions-input.ts';
import { iso } from './present.ts';
import { flag } from './schema.ts';
import { lockItem } from './write.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		'item.flagged': { itemId: string; flagId: string; actorId: string };
		'item.flags_settled': { itemId: string; as: 'still_right' | 'updated'; actorId: string };
	}
}

/** Something to be looked at by its author or a steward. Who said so is not told. */
export interface Task {
	kind: 'outdated';
	itemId: string;
	itemKind: string;
	title: string;
	/** The item whose page shows it. */
	pageId: string;
	pageKind: string;
	notes: string[];
	people: number;
	/** False where the viewer sees it as a steward. */
	yours: boolean;
	since: string;
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

/** What waits for the viewer: open flags on what they wrote, and in the spaces they are stewards of. */
export async function tasksFor(db: Db, viewer: Viewer, limit = 20): Promise<Task[]> {
	const stewarded = [...viewer.memberships].filter(([, role]) => role === 'steward').map(([id]) => id);
	const found = await rows<{
		item_id: string;
		item_kind: string;
		title: string;
		page_id: string;
		page_kind: string;
		notes: string[];
		people: number;
		yours: boolean;
		since: string;
	}>(
		db,
		sql`select i.id as item_id, i.kind as item_kind, page.title, page.id as page_id, page.kind as page_kind,
				array_agg(f.note order by f.created_at) filter (where f.note <> '') as notes,
				count(*)::int as people, i.author_id = ${viewer.id} as yours, min(f.created_at) as since
			from flag f
			join item i on i.id = f.item_id
			left join item up on up.id = i.parent_id
			join item page on page.id = coalesce(up.parent_id, i.parent_id, i.id)
			where f.settled_at is null and i.state = 'open' and ${visibleItems(viewer, 'i')}
				and (i.author_id = ${viewer.id} or i.space_id = any(${array(stewarded, 'uuid')}))
			group by i.id, page.id
			order by yours desc, since limit ${limit}`
	);
	return found.map((t) => ({
		...{ kind: 'outdated' as const, itemId: t.item_id, itemKind: t.item_kind, title: t.title, pageId: t.page_id },
		...{ pageKind: t.page_kind, notes: t.notes ?? [], people: t.people, yours: t.yours, since: iso(t.since) }
	}));
}
