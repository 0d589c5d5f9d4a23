import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { answerEdit } from '#src/ask/input.ts';
import { editAnswer } from '#src/ask/server/questions.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { itemToEdit } from '#src/core/items/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	item: await itemToEdit(app().db, requireViewer(locals.viewer), parse(id, params.id), 'answer')
});

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async ({ questionId, ...values }) => {
			const viewer = requireViewer(locals.viewer);
			await editAnswer(app().db, viewer, parse(id, params.id), parse(answerEdit, values));
			redirect(303, `/questions/${parse(id, questionId)}#answer-${params.id}`);
		})
};
