import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { newQuestion } from '#src/ask/input.ts';
import { askQuestion } from '#src/ask/server/ask.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => ({
	title: (url.searchParams.get('title') ?? '').slice(0, 200),
	space: url.searchParams.get('space') ?? '',
	spaces: await spacesToWriteIn(app().db, requireViewer(locals.viewer)),
	submission: newId()
});

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, async (values) => {
			const id = await askQuestion(app().db, requireViewer(locals.viewer), parse(newQuestion, values));
			redirect(303, `/questions/${id}`);
		})
};
