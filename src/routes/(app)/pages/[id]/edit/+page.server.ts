import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { pageEdit } from '#src/pages/input.ts';
import { editPage, pageToEdit } from '#src/pages/server/pages.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	page: await pageToEdit(app().db, requireViewer(locals.viewer), parse(id, params.id))
});

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			await editPage(app().db, requireViewer(locals.viewer), parse(id, params.id), parse(pageEdit, values));
			redirect(303, `/pages/${params.id}`);
		})
};
