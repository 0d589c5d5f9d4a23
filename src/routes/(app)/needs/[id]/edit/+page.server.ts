import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { needEdit } from '#src/needs/input.ts';
import { editNeed, needToEdit } from '#src/needs/server/needs.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	need: await needToEdit(app().db, requireViewer(locals.viewer), params.id)
});

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			await editNeed(app().db, requireViewer(locals.viewer), params.id, parse(needEdit, values));
			redirect(303, `/needs/${params.id}`);
		})
};
