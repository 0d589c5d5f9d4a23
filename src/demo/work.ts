import { loadViewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { goalInput, noteInput } from '#src/work/input.ts';
import { setGoal } from '#src/work/server/goals.ts';
import { addNote } from '#src/work/server/notes.ts';
import { work } from './content/work.ts';

const DAY = 86_400_000;

/** What somebody of the example keeps of their own work. */
export async function addWork(tx: Db, cast: Map<string, string>, now: Date): Promise<void> {
	const viewer = (await loadViewer(tx, cast.get(work.by)!))!;
	const goals: string[] = [];
	for (const goal of work.goals) goals.push(await setGoal(tx, viewer, goalInput.parse(goal)));
	for (const { days, goal, ...note } of work.notes) {
		const happenedOn = new Date(now.getTime() - days * DAY).toISOString().slice(0, 10);
		await addNote(tx, viewer, noteInput.parse({ ...note, happenedOn, goalId: goals[goal] }));
	}
}
