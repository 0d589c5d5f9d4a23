import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { fromForm } from '#src/checks/asking/form.ts';
import { newAsking } from '#src/checks/asking/input.ts';
import { askToPass } from '#src/checks/asking/server/ask.ts';
import { listAskings } from '#src/checks/asking/server/oversee.ts';
import { startAsking } from '#src/checks/asking/server/start.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	const start = await startAsking(app().db, viewer, params.id);
	return {
		...start,
		askings: await listAskings(app().db, viewer, params.id),
		today: new Date().toISOString().slice(0, 10)
	};
};

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const id = await askToPass(app().db, viewer, params.id, parse(newAsking, fromForm(values)));
			redirect(303, `/askings/${id}`);
		})
};
