import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';
import { goalInput, noteInput, promptAnswer } from '#src/work/input.ts';
import { myGoals, setGoal } from '#src/work/server/goals.ts';
import { addNote, myNotes } from '#src/work/server/notes.ts';
import { answerPrompt, myPrompts, putAway } from '#src/work/server/prompts.ts';
import { sharedWithMe } from '#src/work/server/shares.ts';
import { myYears } from '#src/work/server/years.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const viewer = requireViewer(locals.viewer);
	const { db } = app();
	const cursor = url.searchParams.get('cursor') ?? undefined;
	const [goals, notes, years, copies, prompts] = await Promise.all([
		myGoals(db, viewer),
		myNotes(db, viewer, { cursor, limit: 15 }),
		myYears(db, viewer),
		sharedWithMe(db, viewer),
		myPrompts(db, viewer)
	]);
	return { goals, notes, years, copies, prompts, language: viewer.language };
};

export const actions: Actions = {
	answer: onItem((db, viewer, item, values) => answerPrompt(db, viewer, item, parse(promptAnswer, values))),
	putAway: onItem((db, viewer, item) => putAway(db, viewer, item)),
	goal: ({ request, locals }) =>
		act(request, async (values) => {
			await setGoal(app().db, requireViewer(locals.viewer), parse(goalInput, values));
		}),
	note: ({ request, locals }) =>
		act(request, async (values) => {
			await addNote(app().db, requireViewer(locals.viewer), parse(noteInput, values));
		})
};
