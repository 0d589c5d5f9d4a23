import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, row, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { atLeast } from '../colleagues.ts';

/** Keeping and joining count from the next day on, and leaving off does too: nobody sees a number change with what one does. */
const today = sql`date_trunc('day', now())`;

/**
 * Colleagues of the viewer (`person_id`): active people who are in one of their spaces, and were so yesterday. Who does not
 * want to be counted is none from that moment on, neither among those who keep something nor among those who could.
 */
export const colleaguesOf = (viewer: Viewer): SQL => sql`select distinct m.person_id from space_member m
	join person p on p.id = m.person_id and p.deactivated_at is null
	where m.space_id = any(${array([...viewer.memberships.keys()], 'uuid')}) and m.person_id <> ${viewer.id} and m.joined_at < ${today}
		and not exists (select from kept_uncounted u where u.person_id = m.person_id)`;

/** Whether a kept row (`k`) counts today. */
export const counts = sql`(k.created_at < ${today} and (k.removed_at is null or k.removed_at >= ${today}))`;

/**
 * How many colleagues keep an item or the page it is about, as far as it may be told: at least so many, 0 for nothing
 * to tell. Who may read the item is who could have kept it.
 * @param key what all spellings of the page's address have in common
 */
export async function colleaguesWhoKeep(db: Db, viewer: Viewer, itemId: string, key = ''): Promise<number> {
	const found = await row<{ keepers: number; reach: number }>(
		db,
		sql`with colleague as (${colleaguesOf(viewer)}), keeper as (
				select distinct k.person_id from kept k join colleague using (person_id)
				where ${counts} and (k.item_id = ${itemId} or (${key} <> '' and k.key = ${key}))
			)
			select (select count(*)::int from keeper) as keepers, (select count(*)::int from (
				select person_id from keeper union select c.person_id from colleague c join item i on i.id = ${itemId}
					join space s on s.id = i.space_id
				where s.access = 'open' or exists (select from space_member m where m.space_id = s.id and m.person_id = c.person_id)
			) reached) as reach`
	);
	return atLeast(found!.keepers, found!.reach);
}
