import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { afterMaking } from '#src/app/server/after-making.ts';
import { act } from '#src/app/server/http.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newRanking } from '#src/rankings/input.ts';
import { makeRanking } from '#src/rankings/server/write.ts';

export const load: PageServerLoad = async ({ locals, url }) => ({
	...(await startOfItem(app().db, requireViewer(locals.viewer), url)),
	year: new Date().getUTCFullYear()
});

export const actions: Actions = {
	default: ({ request, locals, url }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const id = await makeRanking(app().db, viewer, parse(newRanking, values));
			redirect(303, await afterMaking(app().db, viewer, url, { id, address: `/rankings/${id}`, kind: 'ranking' }));
		})
};
