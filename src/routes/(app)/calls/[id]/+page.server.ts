import type { Actions, PageServerLoad } from './$types';
import { redirect } from '@sveltejs/kit';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { callAnswer } from '#src/community/calls/input.ts';
import { answerCall, readCall } from '#src/community/calls/server/answer.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	call: await readCall(app().db, requireViewer(locals.viewer), params.id)
});

export const actions: Actions = {
	default: ({ request, locals, params, url }) =>
		act(request, async (values) => {
			await answerCall(app().db, requireViewer(locals.viewer), params.id, parse(callAnswer, values));
			if (!request.headers.has('x-sveltekit-action')) redirect(303, url.pathname);
		})
};
