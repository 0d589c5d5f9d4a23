import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { newNeed } from '#src/needs/input.ts';
import { stateNeed } from '#src/needs/server/needs.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = ({ locals, url }) => startOfItem(app().db, requireViewer(locals.viewer), url);

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, async (values) => {
			const id = await stateNeed(app().db, requireViewer(locals.viewer), parse(newNeed, values));
			redirect(303, `/needs/${id}`);
		})
};
