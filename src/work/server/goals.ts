import { eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { todayIn } from '#src/platform/day.ts';
import { row, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { GoalInput } from '../input.ts';
import type { Goal, GoalState } from '../work.ts';
import { isOwn } from './policy.ts';
import { workGoal } from './schema.ts';

/** How many goals one person has open at most: more are none. */
const MOST_OPEN = 50;

/** A goal as the database brings it; of a year without its notes. */
export interface GoalRow {
	id: string;
	title: string;
	why: string;
	sign: string;
	reach_by: string | null;
	state: GoalState;
	ended_on: string | null;
	notes: number;
	created_at: string;
}

export const presentGoal = <Row extends Omit<GoalRow, 'notes'>>({ reach_by, ended_on, created_at, ...goal }: Row) => ({
	...goal,
	...{ reachBy: reach_by, endedOn: ended_on, createdAt: iso(created_at) }
});

/** The viewer's goals: what is open first, by the day it is due, then what has ended. */
export async function myGoals(db: Db, viewer: Viewer): Promise<Goal[]> {
	return (await readGoals(db, viewer)).map(presentGoal);
}

/** One goal of the viewer's. @throws Failure not_found for anybody else's */
export async function readGoal(db: Db, viewer: Viewer, id: string): Promise<Goal> {
	const [found] = await readGoals(db, viewer, sql`g.id = ${id}`);
	if (!found) throw notFound();
	return presentGoal(found);
}

const readGoals = (db: Db, viewer: Viewer, which: SQL = sql`true`): Promise<GoalRow[]> =>
	rows<GoalRow>(
		db,
		sql`select g.id, g.title, g.why, g.sign, g.reach_by::text, g.state, g.ended_on::text, g.created_at,
				(select count(*)::int from work_note n where n.goal_id = g.id) as notes
			from work_goal g where g.person_id = ${viewer.id} and ${which}
			order by g.state <> 'open', g.ended_on desc, g.reach_by nulls last, g.created_at limit 500`
	);

/**
 * Sets a goal for oneself; the same one while it is open stands once.
 * @returns its id
 * @throws Failure invalid (title) where too many are open
 */
export async function setGoal(db: Db, viewer: Viewer, input: GoalInput): Promise<string> {
	const open = await row<{ id: string; open: number }>(
		db,
		sql`select min(id::text) filter (where lower(title) = lower(${input.title})) as id, count(*)::int as open
			from work_goal where person_id = ${viewer.id} and state = 'open'`
	);
	if (open?.id) return open.id;
	if (open!.open >= MOST_OPEN) throw invalid({ title: `would be one goal too many: ${MOST_OPEN} are open` });
	const values = { id: newId(), personId: viewer.id, ...input, reachBy: input.reachBy ?? null };
	const [made] = await db.insert(workGoal).values(values).onConflictDoNothing().returning({ id: workGoal.id });
	return made?.id ?? setGoal(db, viewer, input);
}

/** Changes a goal. @throws Failure not_found, conflict where another open one says the same */
export async function changeGoal(db: Db, viewer: Viewer, id: string, input: GoalInput): Promise<void> {
	await withGoal(db, viewer, id, async (tx, { state }) => {
		if (state === 'open') await standAlone(tx, viewer, id, input.title);
		await tx
			.update(workGoal)
			.set({ ...input, reachBy: input.reachBy ?? null })
			.where(eq(workGoal.id, id));
	});
}

/** Says that a goal is reached, let go or open again. @throws Failure not_found, conflict */
export async function turnGoal(db: Db, viewer: Viewer, id: string, state: GoalState): Promise<void> {
	await withGoal(db, viewer, id, async (tx, goal) => {
		if (goal.state === state) return;
		if (state === 'open') await standAlone(tx, viewer, id, goal.title);
		const endedOn = state === 'open' ? null : todayIn(viewer.timeZone);
		await tx.update(workGoal).set({ state, endedOn }).where(eq(workGoal.id, id));
	});
}

/** Takes a goal away for good; its notes stay. @throws Failure not_found */
export async function removeGoal(db: Db, viewer: Viewer, id: string): Promise<void> {
	await withGoal(db, viewer, id, (tx) => tx.delete(workGoal).where(eq(workGoal.id, id)));
}

async function standAlone(tx: Db, viewer: Viewer, id: string, title: string): Promise<void> {
	const other = await row(
		tx,
		sql`select 1 from work_goal where person_id = ${viewer.id} and state = 'open' and lower(title) = lower(${title}) and id <> ${id}`
	);
	if (other) throw conflict('You have such a goal already, and it is open.');
}

function withGoal(
	db: Db,
	viewer: Viewer,
	id: string,
	work: (tx: Db, goal: typeof workGoal.$inferSelect) => Promise<unknown>
): Promise<void> {
	return db.transaction(async (tx) => {
		const [goal] = await tx.select().from(workGoal).where(eq(workGoal.id, id)).for('update');
		if (!goal || !isOwn(viewer, goal)) throw notFound();
		await work(tx, goal);
	});
}
