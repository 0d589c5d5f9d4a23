import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { afterMaking } from '#src/app/server/after-making.ts';
import { act } from '#src/app/server/http.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { newRollout } from '#src/metrics/rollout/input.ts';
import { placeable } from '#src/metrics/rollout/server/places.ts';
import { planRollout } from '#src/metrics/rollout/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

/** `?figure=` is the first of its places. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const viewer = requireViewer(locals.viewer);
	const chosen = url.searchParams.getAll('figure');
	return { ...(await startOfItem(app().db, viewer, url)), chosen, placeable: await placeable(app().db, viewer) };
};

export const actions: Actions = {
	default: ({ request, locals, url }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const id = await planRollout(app().db, viewer, parse(newRollout, values));
			redirect(303, await afterMaking(app().db, viewer, url, { id, address: `/rollouts/${id}`, kind: 'rollout' }));
		})
};
