import { sql, type SQL } from '#src/platform/server/db.ts';

/** How long before a proof expires it is asked for anew: four weeks, less where it holds for a short time only. */
const early = sql`least(interval '28 days', make_interval(days => a.renew_months * 7))`;

/**
 * How everybody stands who is asked at a moment: one row an asking and person. All of it is
 * worked out from what has happened (who was asked, joined, passed), so the order in which
 * it happened makes no difference and nothing has to be kept in step.
 * Columns: asking_id, item_id, person_id, since, due_on, due_at, passed_at, valid_until, state.
 * @param only a condition on the asking `a` and the person `p`, to look at some only
 */
export function standings(now: Date, only: SQL): SQL {
	const at = sql`${now.toISOString()}::timestamptz`;
	return sql`select w.asking_id, w.item_id, w.person_id, w.passed_at, w.valid_until, w.renew_months, w.time_zone,
			case when w.passed_at is null then w.asked_at else greatest(w.asked_at, w.open_again) end as since,
			w.due_on, w.due_on::timestamp at time zone w.time_zone as due_at,
			case when w.passed_at is not null and (w.open_again is null or w.open_again > ${at}) then 'done'
				when w.in_review then 'in_review' else 'open' end as state
		from (
			select a.id as asking_id, a.item_id, p.id as person_id, a.renew_months, p.time_zone, asked.at as asked_at,
				passed.at as passed_at, passed.at + make_interval(months => a.renew_months) as valid_until,
				passed.at + make_interval(months => a.renew_months) - ${early} as open_again,
				greatest(coalesce(a.due_on, (asked.at at time zone p.time_zone)::date + a.due_days),
					((passed.at + make_interval(months => a.renew_months)) at time zone p.time_zone)::date) as due_on,
				exists (select 1 from check_attempt r where r.item_id = a.item_id and r.person_id = p.id and r.state = 'in_review') as in_review
			from asking a
			join item i on i.id = a.item_id and i.state = 'open'
			join space s on s.id = i.space_id
			join person p on p.deactivated_at is null
			left join space_member m on a.audience = 'space' and m.space_id = a.space_id and m.person_id = p.id
			left join asking_person ap on a.audience = 'people' and ap.asking_id = a.id and ap.person_id = p.id
			cross join lateral (select greatest(a.created_at,
				case a.audience when 'everybody' then p.created_at when 'space' then m.joined_at else ap.asked_at end) as at) asked
			left join lateral (select max(t.settled_at) as at from check_attempt t
				where t.item_id = a.item_id and t.person_id = p.id and t.state = 'passed') passed on true
			where a.ended_at is null and (a.audience = 'everybody' or m.person_id is not null or ap.person_id is not null)
				and (s.access = 'open' or exists (select 1 from space_member o where o.space_id = s.id and o.person_id = p.id))
				and ${only}
		) w`;
}

/** What is not done yet, one row a person and check, however often it is asked: the earliest last day holds. */
export const openTasks = (now: Date, only: SQL): SQL => sql`
	select person_id, item_id, min(since) as since, min(due_on) as due_on, min(due_at) as due_at,
		bool_and(state = 'in_review') as in_review, bool_or(passed_at is not null) as is_renewal,
		array_agg(asking_id order by due_on, asking_id) as askings
	from (${standings(now, only)}) st where state <> 'done' group by person_id, item_id`;
