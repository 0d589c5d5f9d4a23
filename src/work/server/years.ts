import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { iso } from '#src/core/items/server/present.ts';
import { todayIn } from '#src/platform/day.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { Goal, HelpedOthers, Year } from '../work.ts';
import { presentGoal, type GoalRow } from './goals.ts';
import { readNotes } from './notes.ts';

/** How many words of colleagues a year shows. */
const SAID = 40;

/** The year it is where the viewer is. */
export const thisYear = (viewer: Viewer): number => Number(todayIn(viewer.timeZone).slice(0, 4));

/** The years in which the viewer noted something, this one among them; the newest first. */
export async function myYears(db: Db, viewer: Viewer): Promise<number[]> {
	const found = await rows<{ year: number }>(
		db,
		sql`select distinct extract(year from day)::int as year from (
				select happened_on as day from work_note where person_id = ${viewer.id}
				union all select ended_on from work_goal where person_id = ${viewer.id} and ended_on is not null
			) d`
	);
	return [...new Set([...found.map(({ year }) => year), thisYear(viewer)])].sort((a, b) => b - a);
}

/**
 * What the viewer aimed at, can show, has learned and helped with in a year: goals that were open in it or ended in it,
 * notes by the day they are of, and what colleagues said helped them.
 * @param reader who gets it: what colleagues said is in it only of what the reader may read
 */
export async function readYear(db: Db, viewer: Viewer, year: number, reader = viewer): Promise<Year> {
	const [first, last] = [`${year}-01-01`, `${year}-12-31`];
	const [goals, notes, sums, said] = await Promise.all([
		goalsOf(db, viewer, year),
		readNotes(db, viewer, sql`n.happened_on between ${first} and ${last} order by n.happened_on, n.id limit 1000`),
		row<{ times: number; minutes: number }>(
			db,
			sql`select count(*)::int as times, coalesce(sum(h.minutes_saved), 0)::int as minutes ${helpedIn(viewer, year)}`
		),
		rows<{ title: string; note: string; minutes: number | null; at: string }>(
			db,
			sql`select coalesce(nullif(i.title, ''), p.title, '') as title, h.note, h.minutes_saved as minutes, h.created_at as at
				${helpedIn(viewer, year)} and ${visibleItems(reader, 'i')} and (h.note <> '' or h.minutes_saved is not null)
				order by h.minutes_saved desc nulls last, h.created_at limit ${SAID}`
		)
	]);
	const helped: HelpedOthers[] = said.map(({ at, ...line }) => ({ ...line, on: iso(at).slice(0, 10) }));
	return { year, goals, notes, helped: { ...sums!, said: helped } };
}

/** Who said it is not told, only what it changed; and nothing of what the person wrote without their name. */
const helpedIn = (viewer: Viewer, year: number) =>
	sql`from helped h join item i on i.id = h.item_id left join item p on p.id = i.parent_id
		where i.author_id = ${viewer.id} and not i.anonymous and h.person_id <> ${viewer.id}
			and extract(year from h.created_at at time zone ${viewer.timeZone}) = ${year}`;

async function goalsOf(db: Db, viewer: Viewer, year: number): Promise<Omit<Goal, 'notes'>[]> {
	const found = await rows<Omit<GoalRow, 'notes'>>(
		db,
		sql`select id, title, why, sign, reach_by::text, state, ended_on::text, created_at from work_goal
			where person_id = ${viewer.id} and extract(year from created_at at time zone ${viewer.timeZone}) <= ${year}
				and (ended_on is null or extract(year from ended_on) >= ${year})
			order by state <> 'reached', state = 'dropped', reach_by nulls last, created_at limit 200`
	);
	return found.map(presentGoal);
}
