import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { goalInput, noteInput } from '#src/work/input.ts';
import { setGoal } from '#src/work/server/goals.ts';
import { addNote } from '#src/work/server/notes.ts';
import { shareYear } from '#src/work/server/shares.ts';
import { aPerson } from './builders.ts';

/** Somebody's work with a goal, a note on it, and a copy of 2030 that was given to a colleague. */
export async function aWorkYear(db: Db, viewer: Viewer, reader?: Viewer) {
	const goals = await setGoal(db, viewer, goalInput.parse({ title: 'Fewer returns', sign: 'returns under 2 %' }));
	const text = { text: 'The new jig halved the set-up time.', happenedOn: '2030-03-12', goalId: goals };
	const notes = await addNote(db, viewer, noteInput.parse(text));
	const { id } = reader ?? (await aPerson(db));
	const { email } = (await row<{ email: string }>(db, sql`select email from person where id = ${id}`))!;
	return { goals, notes, copies: await shareYear(db, viewer, 2030, email) };
}
