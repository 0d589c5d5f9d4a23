import { otherWays } from '#src/core/notify/server/other-ways.ts';
import { rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';

/** What was sent although its person had left it out. */
export interface Leak {
	personId: string;
	about: string;
	target: string;
	way: 'page' | 'mail' | 'push';
	sentAt: string;
	leftOutAt: string;
}

/** From when to when somebody wanted nothing of something, on each way. */
const quiet = sql`select * from (
		select person_id, about, target, way, at as since, is_over,
			least(coalesce(until, 'infinity'), coalesce(lead(at) over (partition by person_id, about, target, way order by id), 'infinity')) as till
		from opt_out cross join unnest(ways) as way
	) said where not is_over`;

/**
 * Every notification on each way it went: when it was made, when the mail server took it, when a device was told. What
 * was taken back out of a mail still names it, and is not mailed.
 */
const sent = sql`select n.person_id, n.kind, n.item_id, n.page_id, n.choice, null::uuid as device_id, 'page' as way, n.created_at as at
		from notification n where n.in_page
	union all
	select n.person_id, n.kind, n.item_id, n.page_id, n.choice, null, 'mail', s.at
		from mail_sent s join notification n on n.mail_batch = split_part(s.message_id, '.', 2)::uuid and n.person_id = s.person_id
		where s.purpose = 'notification' and n.mailed_at <= s.at
	union all
	select n.person_id, n.kind, n.item_id, n.page_id, n.choice, t.device_id, 'push', t.at
		from push_told t join notification n on n.id = t.notification_id where t.at is not null`;

/** Whether what was sent (`s`) is what somebody had left out (`q`). What is one's own is told whatever one follows. */
const isOf = sql`case q.about
	when 'kind' then q.target = s.kind
	when 'item' then q.target in (s.item_id::text, s.page_id::text)
	when 'all' then true
	when 'device' then q.target = s.device_id::text
	when 'check' then s.kind = 'check.asked' and q.target = s.item_id::text
	when 'follow' then q.target = 'item:' || s.page_id and s.choice = 'self' and s.kind <> 'item.new'
		and not exists (select from item i left join item up on up.id = i.parent_id left join item top on top.id = s.page_id
			where i.id = s.item_id and s.person_id in (i.author_id, up.author_id, top.author_id))
	else false end`;

/**
 * Finds what was sent after an opt-out, of all that is still known (90 days). There is none; this is how one knows.
 * @param limit of them at most
 */
export async function findLeaks(db: Db, limit = 100): Promise<Leak[]> {
	const found = await rows<Omit<Leak, 'sentAt' | 'leftOutAt'> & { sent_at: string; left_out_at: string }>(
		db,
		sql`with quiet as materialized (${quiet})
			select q.person_id as "personId", q.about, q.target, q.way, s.at as sent_at, q.since as left_out_at
			from quiet q join (${sent}) s on s.person_id = q.person_id and s.way = q.way and s.at > q.since and s.at < q.till and ${isOf}
			${sql.join(otherWays().map(mailedAfter), sql` `)}
			limit ${limit}`
	);
	return found.map(({ sent_at, left_out_at, ...leak }) => ({
		...{ ...leak, sentAt: new Date(sent_at).toISOString(), leftOutAt: new Date(left_out_at).toISOString() }
	}));
}

/** Mails of another way after all was paused, its item was left out, or that part of it. */
const mailedAfter = ({ mailed }: { mailed: SQL }) => sql`union all
	select q.person_id, q.about, q.target, q.way, m.at, q.since from quiet q join (${mailed}) m
		on m.person_id = q.person_id and q.way = 'mail' and m.at > q.since and m.at < q.till
		and (q.about = 'all' or (q.about = 'series' and q.target = m.item_id::text) or (q.about = 'tip' and q.target = m.part::text))`;

/** How often people left something out in the last weeks, and how many people did. */
export async function countOptOuts(db: Db, weeks: number): Promise<{ times: number; people: number }> {
	const [found] = await rows<{ times: number; people: number }>(
		db,
		sql`select count(*)::int as times, count(distinct person_id)::int as people from opt_out
			where not is_over and at > now() - make_interval(weeks => ${weeks}::int)`
	);
	return found!;
}
