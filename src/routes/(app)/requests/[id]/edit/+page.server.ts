import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { itemToEdit } from '#src/core/items/server/write.ts';
import { requestEdit } from '#src/library/requests/input.ts';
import { editRequest } from '#src/library/requests/server/requests.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	request: await itemToEdit(app().db, requireViewer(locals.viewer), parse(id, params.id), 'request')
});

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			await editRequest(app().db, requireViewer(locals.viewer), parse(id, params.id), parse(requestEdit, values));
			redirect(303, `/requests/${params.id}`);
		})
};
