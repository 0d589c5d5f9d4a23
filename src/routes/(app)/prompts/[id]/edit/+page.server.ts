import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { parse } from '#src/platform/server/parse.ts';
import { promptEdit } from '#src/prompts/input.ts';
import { editPrompt, promptToEdit } from '#src/prompts/server/write.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	prompt: await promptToEdit(app().db, requireViewer(locals.viewer), parse(id, params.id))
});

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			await editPrompt(app().db, requireViewer(locals.viewer), parse(id, params.id), parse(promptEdit, values));
			redirect(303, `/prompts/${params.id}`);
		})
};
