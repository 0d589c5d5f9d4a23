import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { rest, sheet } from '#src/autonomy/pulse/input.ts';
import { answerQuarter, autonomyPulseFor, restFrom } from '#src/autonomy/pulse/server/pulse.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals }) => ({
	pulse: await autonomyPulseFor(app().db, requireViewer(locals.viewer))
});

export const actions: Actions = {
	answer: ({ request, locals }) =>
		act(request, async (values) => {
			await answerQuarter(app().db, requireViewer(locals.viewer), parse(sheet, values));
			redirect(303, '/autonomy/pulse');
		}),
	hush: ({ request, locals }) =>
		act(request, async () => {
			await restFrom(app().db, requireViewer(locals.viewer), 'week');
			redirect(303, '/');
		}),
	rest: ({ request, locals }) =>
		act(request, async (values) => {
			await restFrom(app().db, requireViewer(locals.viewer), parse(rest, values).for);
			redirect(303, '/autonomy/pulse');
		})
};
