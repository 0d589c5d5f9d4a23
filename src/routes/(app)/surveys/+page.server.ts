import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { itemFilter } from '#src/core/items/server/list.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newWorkplaceSurvey } from '#src/survey/input.ts';
import { listSurveys } from '#src/survey/server/read.ts';
import { makeWorkplaceSurvey } from '#src/survey/server/write.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const filter = parse(itemFilter, Object.fromEntries(url.searchParams));
	return { ...(await listSurveys(db, viewer, filter)), spaces: await spacesToWriteIn(db, viewer) };
};

export const actions: Actions = {
	workplace: ({ request, locals }) =>
		act(request, async (values) => {
			const input = parse(newWorkplaceSurvey, values);
			redirect(303, `/surveys/${await makeWorkplaceSurvey(app().db, requireViewer(locals.viewer), input)}`);
		})
};
