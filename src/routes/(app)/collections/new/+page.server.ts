import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { newCollection } from '#src/library/collections/input.ts';
import { makeCollection } from '#src/library/collections/server/write.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const spaces = await spacesToWriteIn(app().db, requireViewer(locals.viewer));
	const space = spaces.find(({ id }) => id === url.searchParams.get('space')) ?? spaces[0];
	const item = url.searchParams.get('item') ?? '';
	return { space: space?.id ?? '', spaces, itemId: isId(item) ? item : '', submission: newId() };
};

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, async (values) => {
			const id = await makeCollection(app().db, requireViewer(locals.viewer), parse(newCollection, values));
			redirect(303, `/collections/${id}`);
		})
};
