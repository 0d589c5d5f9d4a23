import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { commentEdit } from '#src/core/items/actions-input.ts';
import { id } from '#src/core/items/input.ts';
import { commentToEdit, editComment } from '#src/core/items/server/comments.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	comment: await commentToEdit(app().db, requireViewer(locals.viewer), parse(id, params.id))
});

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			const { db } = app();
			const viewer = requireViewer(locals.viewer);
			const commentId = parse(id, params.id);
			await editComment(db, viewer, commentId, parse(commentEdit, values));
			redirect(303, (await commentToEdit(db, viewer, commentId)).address);
		})
};
