import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { afterMaking } from '#src/app/server/after-making.ts';
import { act } from '#src/app/server/http.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { newMetric } from '#src/metrics/input.ts';
import { makeMetric } from '#src/metrics/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const viewer = requireViewer(locals.viewer);
	return { ...(await startOfItem(app().db, viewer, url)), zone: viewer.timeZone };
};

export const actions: Actions = {
	default: ({ request, locals, url }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const id = await makeMetric(app().db, viewer, parse(newMetric, values));
			redirect(303, await afterMaking(app().db, viewer, url, { id, address: `/figures/${id}`, kind: 'metric' }));
		})
};
