import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { parse } from '#src/platform/server/parse.ts';
import { noteInput } from '#src/work/input.ts';
import { myGoals } from '#src/work/server/goals.ts';
import { changeNote, readNote, removeNote } from '#src/work/server/notes.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	const [note, goals] = await Promise.all([
		readNote(app().db, viewer, parse(id, params.id)),
		myGoals(app().db, viewer)
	]);
	return { note, goals: goals.filter(({ id: one, state }) => state === 'open' || one === note.goal?.id) };
};

export const actions: Actions = {
	change: ({ request, locals, params }) =>
		act(request, async (values) => {
			await changeNote(app().db, requireViewer(locals.viewer), parse(id, params.id), parse(noteInput, values));
			redirect(303, '/work');
		}),
	remove: ({ request, locals, params }) =>
		act(request, async () => {
			await removeNote(app().db, requireViewer(locals.viewer), parse(id, params.id));
			redirect(303, '/work');
		})
};
