import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { rolloutEdit } from '#src/metrics/rollout/input.ts';
import { placeable } from '#src/metrics/rollout/server/places.ts';
import { editRollout, rolloutToEdit } from '#src/metrics/rollout/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	const rollout = await rolloutToEdit(app().db, viewer, parse(id, params.id));
	return { rollout, placeable: rollout.fixed ? [] : await placeable(app().db, viewer) };
};

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			await editRollout(app().db, requireViewer(locals.viewer), parse(id, params.id), parse(rolloutEdit, values));
			redirect(303, `/rollouts/${params.id}`);
		})
};
