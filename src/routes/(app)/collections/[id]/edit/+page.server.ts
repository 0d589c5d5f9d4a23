import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { collectionEdit } from '#src/library/collections/input.ts';
import { collectionToEdit } from '#src/library/collections/server/read.ts';
import { editCollection } from '#src/library/collections/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	const collection = await collectionToEdit(app().db, viewer, parse(id, params.id));
	return { collection, spaces: await spacesToWriteIn(app().db, viewer) };
};

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			await editCollection(app().db, viewer, parse(id, params.id), parse(collectionEdit, values));
			redirect(303, `/collections/${params.id}`);
		})
};
