import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { workingMinutesBetween, type WorkingHours } from '#src/core/people/hours.ts';
import { hoursOf } from '#src/core/people/server/presence.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { AnswerTimes, Waits } from '../answer-times.ts';

/** Days of a span; the one before is as long. */
const SPAN = 90;
/** Days within which the longest promise, of 40 working hours, is over for whoever works some days a week. */
const UNDECIDED = 21;
/** Questions that wait and may still be answered in time, looked at by one. */
const LOOKED_AT = 200;

interface Row {
	space_id: string;
	lately: boolean;
	n: number;
	answered: number;
	/** Quantiles; null where nobody asked. */
	clock: number[] | null;
	worked: number[] | null;
	share: 50 | 90 | null;
	hours: number | null;
	kept: number;
	late: number;
	open: number;
}

/**
 * How long the questions of a space waited for a useful answer: one that was accepted, or marked as helpful by somebody
 * else. Those that still wait count as longer than all others, so a quantile that lies among them is not known. Of the 90
 * days before counts what stood at their end, so that time alone does not make them better.
 */
export async function answerTimes(db: Db, viewer: Viewer, spaceId: string): Promise<AnswerTimes> {
	const found = await rows<Row>(db, counted(viewer, [spaceId], 2 * SPAN));
	const [now, before] = [true, false].map((lately) => found.find((each) => each.lately === lately));
	return { ...waits(now), before: waits(before), promised: now ? await promised(db, now) : null };
}

/** The same of the last 90 days for many spaces, by their ids; none for those in which nobody asked. */
export async function answerTimesOf(db: Db, viewer: Viewer, spaceIds: string[]): Promise<Map<string, Waits>> {
	const found = await rows<Row>(db, counted(viewer, spaceIds, SPAN));
	return new Map(found.filter(({ lately, n }) => lately && n > 0).map((each) => [each.space_id, waits(each)]));
}

/** A row for each space and span in which somebody asked, and for what is promised. */
const counted = (viewer: Viewer, spaceIds: string[], days: number) => sql`
	with asked as (
		select i.space_id, span.lately, q.useful_at is null and i.created_at > now() - make_interval(days => ${UNDECIDED}) as open,
			(extract(epoch from a.useful_at - i.created_at) / 60)::float8 as clock,
			case when a.useful_at = q.worked_for then q.worked_minutes
				else extract(epoch from a.useful_at - i.created_at) / 60 end::float8 as worked
		from item i join question q on q.item_id = i.id
		cross join lateral (select i.created_at > now() - make_interval(days => ${SPAN}) as lately) span
		cross join lateral (select case when span.lately or q.useful_at <= now() - make_interval(days => ${SPAN})
			then q.useful_at end as useful_at) a
		where i.space_id = any(${array(spaceIds, 'uuid')}) and i.parent_id is null and i.kind = 'question'
			and i.created_at > now() - make_interval(days => ${days}) and i.active_at > now() - make_interval(days => ${days})
			and i.state = 'open' and q.status <> 'duplicate' and ${visibleItems(viewer, 'i')}
	), counted as (
		select a.space_id, a.lately, count(*)::int as n, count(clock)::int as answered,
			percentile_disc(array[0.5, 0.9]) within group (order by coalesce(clock, 'infinity')) as clock,
			percentile_disc(array[0.5, 0.9]) within group (order by coalesce(worked, 'infinity')) as worked,
			count(*) filter (where worked <= p.hours * 60)::int as kept,
			count(*) filter (where worked > p.hours * 60 or (worked is null and not open))::int as late,
			count(*) filter (where open)::int as open
		from asked a left join answer_promise p on p.space_id = a.space_id group by a.space_id, a.lately
	)
	select s.id as space_id, span.lately, coalesce(n, 0) as n, coalesce(answered, 0) as answered, clock, worked,
		p.share, p.hours, coalesce(kept, 0) as kept, coalesce(late, 0) as late, coalesce(open, 0) as open
	from space s cross join (values (true), (false)) as span (lately)
	left join counted c on c.space_id = s.id and c.lately = span.lately
	left join answer_promise p on p.space_id = s.id
	where s.id = any(${array(spaceIds, 'uuid')}) and s.id = any(${array(viewer.readableSpaces, 'uuid')})
		and (n > 0 or p.hours > 0)`;

const waits = ({ n = 0, answered = 0, clock = null, worked = null }: Partial<Row> = {}): Waits => ({
	...{ questions: n, answered },
	...{ p50Minutes: known(clock?.[0]), p90Minutes: known(clock?.[1]) },
	...{ workP50Minutes: known(worked?.[0]), workP90Minutes: known(worked?.[1]) }
});

const known = (minutes: number | undefined) =>
	minutes !== undefined && Number.isFinite(minutes) ? Math.max(0, minutes) : null;

async function promised(db: Db, { space_id, share, hours, kept, late, open }: Row): Promise<AnswerTimes['promised']> {
	if (share === null || hours === null) return null;
	const over = open > 0 ? await overdue(db, space_id, hours) : 0;
	return { share, hours, kept, late: late + over, open: open - over };
}

/** How many of those that wait have waited longer than so many working hours of whoever asked. */
async function overdue(db: Db, spaceId: string, hours: number): Promise<number> {
	const now = new Date();
	const waiting = await rows<{ asked: string } & WorkingHours>(
		db,
		sql`select i.created_at::text as asked, ${hoursOf(sql`p`)}
			from item i join question q on q.item_id = i.id join person p on p.id = i.author_id
			where i.space_id = ${spaceId} and i.parent_id is null and i.state = 'open' and q.status <> 'duplicate'
				and q.useful_at is null and i.created_at > now() - make_interval(days => ${UNDECIDED})
				and i.created_at < now() - make_interval(hours => ${hours}) order by i.created_at limit ${LOOKED_AT}`
	);
	return waiting.filter(({ asked, ...at }) => workingMinutesBetween(at, new Date(asked), now) > hours * 60).length;
}
