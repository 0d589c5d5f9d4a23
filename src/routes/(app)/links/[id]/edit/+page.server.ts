import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { linkEdit } from '#src/library/links/input.ts';
import { linkToEdit } from '#src/library/links/server/read.ts';
import { editLink } from '#src/library/links/server/share.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	link: await linkToEdit(app().db, requireViewer(locals.viewer), params.id)
});

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			await editLink(app().db, requireViewer(locals.viewer), parse(id, params.id), parse(linkEdit, values));
			redirect(303, `/links/${params.id}`);
		})
};
