import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { parse } from '#src/platform/server/parse.ts';
import { goalInput, goalState, noteInput } from '#src/work/input.ts';
import { changeGoal, readGoal, removeGoal, turnGoal } from '#src/work/server/goals.ts';
import { addNote, myNotes } from '#src/work/server/notes.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const viewer = requireViewer(locals.viewer);
	const goal = await readGoal(app().db, viewer, parse(id, params.id));
	const cursor = url.searchParams.get('cursor') ?? undefined;
	const notes = await myNotes(app().db, viewer, { goalId: goal.id, cursor, limit: 30 });
	return { goal, notes, language: viewer.language };
};

/** Something done with this goal, after which the page comes again, or another. */
const onGoal =
	(work: (viewer: Viewer, goal: string, values: Record<string, string>) => Promise<unknown>, then?: string) =>
	({ request, locals, params }: { request: Request; locals: App.Locals; params: { id: string } }) =>
		act(request, async (values) => {
			await work(requireViewer(locals.viewer), parse(id, params.id), values);
			redirect(303, then ?? `/work/goals/${params.id}`);
		});

export const actions: Actions = {
	change: onGoal((viewer, goal, values) => changeGoal(app().db, viewer, goal, parse(goalInput, values))),
	turn: onGoal((viewer, goal, values) => turnGoal(app().db, viewer, goal, parse(goalState, values).state)),
	note: onGoal(async (viewer, goal, values) => {
		const { id: goalId } = await readGoal(app().db, viewer, goal);
		return addNote(app().db, viewer, parse(noteInput, { ...values, goalId }));
	}),
	remove: onGoal((viewer, goal) => removeGoal(app().db, viewer, goal), '/work')
};
