import type { Viewer } from '#src/core/access/server/viewer.ts';
import { rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import type { Acted } from '../../rule.ts';
import { readBy, storyOf } from '../mine.ts';

/** Whether a rule (`r`) acts for somebody on what a subscription of a space (`space`) brings. */
const actsFor = (viewer: Viewer, space: SQL) => sql`(r.person_id = ${viewer.id} or r.space_id = ${space})
	and not exists (select from feed_rule_off o where o.rule_id = r.id and o.person_id = ${viewer.id})`;

/**
 * `acted`: which rules act on what was `told`; `ruled`: what that comes to for each entry. One's own rules act on a
 * story whoever told it; a rule of a space hides it only where nobody else told it too.
 */
export const ruledCtes = (viewer: Viewer): SQL => sql`acted as (
		select t.entry_id, t.id as subscription_id, t.own_id, t.tellings, r.id as rule_id, r.deed, r.tag, r.person_id is not null as own
		from told t join feed_hit h on h.own_id = t.own_id join feed_rule r on r.id = h.rule_id
		where ${actsFor(viewer, sql`t.space_id`)}
	), ruled as (
		select entry_id, bool_or(deed = 'read') as marked, bool_or(deed = 'top') as on_top,
			bool_or(deed = 'hide' and own)
				or count(distinct (subscription_id, own_id)) filter (where deed = 'hide') = max(tellings) as hidden
		from acted group by entry_id
	)`;

/** Those of `acted` on an entry (`l`), for its reader. */
export const actedOn = sql`(select coalesce(json_agg(a.* order by a.space nulls first, a.id), '[]') from (
	select distinct r.id, r.words, r.deed, r.tag, space.name as space from acted
		join feed_rule r on r.id = acted.rule_id left join space on space.id = r.space_id
	where acted.entry_id = l.id) a)`;

/** The rules that act on one entry. */
export const actedOnEntry = (db: Db, viewer: Viewer, id: string): Promise<Acted[]> =>
	rows(
		db,
		sql`select distinct r.id, r.words, r.deed, r.tag, space.name as space
			from feed_post p join feed_subscription s on s.feed_id = p.feed_id
			join feed_hit h on h.own_id = p.own_id join feed_rule r on r.id = h.rule_id left join space on space.id = r.space_id
			where (p.entry_id = ${id} or p.own_id = ${id}) and ${storyOf(viewer)} = ${id} and ${readBy(viewer)}
				and ${actsFor(viewer, sql`s.space_id`)} order by 5 nulls first, 1`
	);
