import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { pulseSheet } from '#src/needs/pulse/input.ts';
import { answerPulse, declinePulse } from '#src/needs/pulse/server/pulse.ts';
import { readPulse } from '#src/needs/pulse/server/read.ts';
import { readNeed } from '#src/needs/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { id, title, who, wanted } = await readNeed(db, viewer, params.id);
	return { need: { id, title, who, wanted }, pulse: await readPulse(db, viewer, params.id) };
};

export const actions: Actions = {
	answer: ({ request, locals, params, url }) =>
		act(request, async (values) => {
			await answerPulse(app().db, requireViewer(locals.viewer), params.id, parse(pulseSheet, values));
			redirect(303, url.pathname);
		}),
	decline: ({ request, locals, params, url }) =>
		act(request, async () => {
			await declinePulse(app().db, requireViewer(locals.viewer), params.id);
			redirect(303, url.pathname);
		})
};
