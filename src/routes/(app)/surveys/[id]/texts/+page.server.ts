import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { parse } from '#src/platform/server/parse.ts';
import { releasedText } from '#src/survey/input.ts';
import { releaseText, textsToRead } from '#src/survey/server/texts.ts';

export const load: PageServerLoad = ({ locals, params }) =>
	textsToRead(app().db, requireViewer(locals.viewer), params.id);

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			const surveyId = parse(id, params.id);
			await releaseText(app().db, requireViewer(locals.viewer), surveyId, parse(releasedText, values));
			if (!request.headers.has('x-sveltekit-action')) redirect(303, `/surveys/${surveyId}/texts`);
		})
};
