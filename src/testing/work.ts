import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { goalInput, newHook, noteInput } from '#src/work/input.ts';
import { takeClosed } from '#src/work/server/arrive.ts';
import { makeHook } from '#src/work/server/hooks.ts';
import { myPrompts } from '#src/work/server/prompts.ts';
import { setGoal } from '#src/work/server/goals.ts';
import { addNote } from '#src/work/server/notes.ts';
import { shareYear } from '#src/work/server/shares.ts';
import { aPerson } from './builders.ts';

/** A connection of somebody's, and what closed work asks them over it. */
export async function aPrompt(db: Db, viewer: Viewer) {
	const { id: hooks, secret } = await makeHook(
		db,
		viewer,
		newHook.parse({ name: 'Tickets', sender: 'plain', forAll: 'off' })
	);
	const body = new TextEncoder().encode(JSON.stringify({ id: 'T-1', title: 'Till 3 prints nothing' }));
	await takeClosed(db, hooks, { body, headers: new Headers({ authorization: `Bearer ${secret}` }) });
	return { hooks, secret, closed: (await myPrompts(db, viewer))[0]!.id };
}

/** Somebody's work with a goal, a note on it, and a copy of 2030 that was given to a colleague. */
export async function aWorkYear(db: Db, viewer: Viewer, reader?: Viewer) {
	const goals = await setGoal(db, viewer, goalInput.parse({ title: 'Fewer returns', sign: 'returns under 2 %' }));
	const text = { text: 'The new jig halved the set-up time.', happenedOn: '2030-03-12', goalId: goals };
	const notes = await addNote(db, viewer, noteInput.parse(text));
	const { id } = reader ?? (await aPerson(db));
	const { email } = (await row<{ email: string }>(db, sql`select email from person where id = ${id}`))!;
	const { hooks, closed } = await aPrompt(db, viewer);
	return { goals, notes, hooks, closed, copies: await shareYear(db, viewer, 2030, email) };
}
