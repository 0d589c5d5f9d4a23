import type { Viewer } from '#src/core/access/server/viewer.ts';
import { atLeast } from '#src/core/keeping/colleagues.ts';
import { colleaguesOf, counts } from '#src/core/keeping/server/colleagues.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';

/**
 * How many colleagues keep each of some entries, as far as it may be told: at least so many, by the entry's id. Who
 * reads a feed that told it is who could have kept it. It ranks nothing.
 */
export async function keepersOf(db: Db, viewer: Viewer, entryIds: string[]): Promise<Record<string, number>> {
	if (entryIds.length === 0) return {};
	const found = await rows<{ id: string; keepers: number; reach: number }>(
		db,
		sql`with colleague as materialized (${colleaguesOf(viewer)}), entry as (
				select id, key from feed_entry where id = any(${array(entryIds, 'uuid')})
			), keeper as (
				select e.id, k.person_id from entry e join kept k on k.entry_id = e.id
					join colleague c on c.person_id = k.person_id where ${counts}
				union select e.id, k.person_id from entry e join kept k on k.key = e.key and e.key <> ''
					join colleague c on c.person_id = k.person_id where ${counts}
			), many as (
				select id, count(*)::int as keepers from keeper group by id having count(*) > 1
			)
			select many.id, many.keepers, (select count(*)::int from (
				select keeper.person_id from keeper where keeper.id = many.id
				union select c.person_id from feed_post p join feed_subscription s on s.feed_id = p.feed_id
					join colleague c on c.person_id = s.person_id
					where p.entry_id = many.id or p.own_id = many.id
				union select c.person_id from feed_post p join feed_subscription s on s.feed_id = p.feed_id
					join space_member m on m.space_id = s.space_id join colleague c on c.person_id = m.person_id
					where p.entry_id = many.id or p.own_id = many.id
			) reached) as reach from many`
	);
	const told = found.map(({ id, keepers, reach }) => [id, atLeast(keepers, reach)] as const);
	return Object.fromEntries(told.filter(([, count]) => count > 0));
}
