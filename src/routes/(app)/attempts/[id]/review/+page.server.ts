import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { judgement } from '#src/checks/attempts/input.ts';
import { judge, readReview } from '#src/checks/attempts/server/review.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	review: await readReview(app().db, requireViewer(locals.viewer), params.id)
});

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async ({ questionId, note, ...values }) => {
			const levels = Object.fromEntries(
				Object.entries(values).flatMap(([name, value]) => (name.startsWith('levels.') ? [[name.slice(7), value]] : []))
			);
			await judge(app().db, requireViewer(locals.viewer), params.id, parse(judgement, { questionId, note, levels }));
			redirect(303, `/attempts/${params.id}/review`);
		})
};
