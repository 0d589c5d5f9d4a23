import { allow, canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import type { CorrectionText } from '../actions-input.ts';
import type { CorrectionState } from '../correction.ts';
import { iso } from './present.ts';
import { lockItem } from './write.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		'item.corrected': { itemId: string; version: number; actorId: string };
	}
}

/**
 * Says that the newest version puts an error right: those who used a version with the error are told, once.
 * @throws Failure invalid when there was no version before; conflict when it was told already
 */
export async function tellCorrection(db: Db, viewer: Viewer, itemId: string, input: CorrectionText): Promise<void> {
	await db.transaction(async (tx) => {
		const about = await lockItem(tx, viewer, itemId);
		allow(canEdit(viewer, about), 'Who wrote it, or a steward, tells of a correction.');
		if (input.since >= about.version) throw invalid({ since: 'must be an earlier version' });
		const made = await row(
			tx,
			sql`insert into correction (item_id, version, since, note, by_id)
				values (${itemId}, ${about.version}, ${input.since}, ${input.note}, ${viewer.id})
				on conflict do nothing returning 1`
		);
		if (!made) throw conflict('Those who used an earlier version have been told of this one.');
		await emit(tx, 'item.corrected', { itemId, version: about.version, actorId: viewer.id });
	});
}

/**
 * Who used an item: said that it helped, kept it, ran or opened it, or made something from it.
 * @param from the first version that counts, and `until` the first that no more does; all of them if not given
 */
export function usersOf(itemId: string, from?: number, until?: number) {
	const moment = (version: number) =>
		sql`(select created_at from revision where item_id = ${itemId} and version = ${version})`;
	return sql`select person_id from (
			select person_id, created_at as at from helped where item_id = ${itemId}
			union all select person_id, created_at from kept where item_id = ${itemId} and removed_at is null
			union all select actor_id, at from signal where item_id = ${itemId} and verb in ('ran', 'opened')
			union all select created_by, created_at from item_link where to_id = ${itemId} and relation = 'derived_from'
		) used
		where ${from ? sql`at >= ${moment(from)}` : sql`true`} and ${until ? sql`at < ${moment(until)}` : sql`true`}`;
}

/** How many used it before the newest version. */
export async function correctionState(db: Db, viewer: Viewer, itemId: string): Promise<CorrectionState> {
	const found = await row<{ users: number; told_at: string | null; note: string | null }>(
		db,
		sql`select (select count(distinct person_id)::int from (${usersOf(itemId)}) u where person_id <> i.author_id) as users,
				c.created_at as told_at, c.note
			from item i left join correction c on c.item_id = i.id and c.version = i.version
			where i.id = ${itemId} and ${visibleItems(viewer, 'i')}`
	);
	const users = found?.users ?? 0;
	return {
		...{ users: users >= 5 ? users : null, some: users > 0 },
		told: found?.told_at ? { at: iso(found.told_at), note: found.note! } : null
	};
}
