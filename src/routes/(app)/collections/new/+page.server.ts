import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { afterMaking } from '#src/app/server/after-making.ts';
import { act } from '#src/app/server/http.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { newCollection } from '#src/library/collections/input.ts';
import { makeCollection } from '#src/library/collections/server/write.ts';
import { isId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const item = url.searchParams.get('item') ?? '';
	const start = await startOfItem(app().db, requireViewer(locals.viewer), url);
	return { ...start, itemId: isId(item) ? item : '' };
};

export const actions: Actions = {
	default: ({ request, locals, url }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const id = await makeCollection(app().db, viewer, parse(newCollection, values));
			redirect(
				303,
				await afterMaking(app().db, viewer, url, { id, address: `/collections/${id}`, kind: 'collection' })
			);
		})
};
