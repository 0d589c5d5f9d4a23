import { sql, type SQL } from '#src/platform/server/db.ts';

/*
 * Who is there and who is away, for queries. A person's leave is kept in days; whoever wants to know asks here, so that
 * days begin and end in the person's own time zone everywhere.
 */

/** The leave of a person that lies in between two moments, or was begun by the later and had not ended before the earlier. */
const leaveBetween = (personId: SQL, since: SQL, at: SQL) => sql`from person_leave l join person w on w.id = l.person_id
	where l.person_id = ${personId} and l.until_day >= (${since} at time zone w.time_zone)::date
		and l.from_day <= (${at} at time zone w.time_zone)::date`;

/** Whether a person is away at a moment. @example sql`where not ${isAway(sql`p.id`, sql`now()`)}` */
export const isAway = (personId: SQL, at: SQL): SQL => wasAway(personId, at, at);

/** Whether a person was away at any moment from one to another. */
export const wasAway = (personId: SQL, since: SQL, at: SQL): SQL =>
	sql`exists (select ${leaveBetween(personId, since, at)})`;

/** The moment the day after a person's leave begins; null for who is not away at that moment. */
export const backAt = (personId: SQL, at: SQL): SQL =>
	sql`(select (l.until_day + 1)::timestamp at time zone w.time_zone ${leaveBetween(personId, at, at)})`;

/** As `Away`; null for who is not away at that moment. */
export const awayNow = (personId: SQL, at: SQL): SQL =>
	sql`(select json_build_object('until', l.until_day, 'word', l.word) ${leaveBetween(personId, at, at)})`;

/** The columns of `WorkingHours` of a person, by the alias of the table; they can be grouped by. */
export const hoursOf = (p: SQL): SQL =>
	sql`${p}.time_zone as "timeZone", ${p}.work_start as "workStart", ${p}.work_end as "workEnd", ${p}.work_days as "workDays",
		(select coalesce(jsonb_agg(jsonb_build_object('from', l.from_day, 'until', l.until_day) order by l.from_day), '[]')
			from person_leave l where l.person_id = ${p}.id) as leaves`;

/** Whether a person is at work at a moment, in their own time zone; who has no working days is unless away. */
export const isAtWork = (personId: SQL, now: Date): SQL => sql`exists (select from person w
	cross join lateral (select ${now.toISOString()}::timestamptz at time zone w.time_zone as at) clock
	where w.id = ${personId} and (cardinality(w.work_days) = 0 or (
		extract(isodow from clock.at)::smallint = any(w.work_days)
		and extract(hour from clock.at) * 60 + extract(minute from clock.at) between w.work_start and w.work_end - 1))
		and not exists (select from person_leave l
			where l.person_id = w.id and clock.at::date between l.from_day and l.until_day))`;
