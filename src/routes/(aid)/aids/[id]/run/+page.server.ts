import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { runProgress, stuck } from '#src/library/aids/input.ts';
import { beginQuestion } from '#src/library/aids/server/questions.ts';
import { aidToRun } from '#src/library/aids/server/read.ts';
import { noteRun } from '#src/library/aids/server/runs.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const aid = await aidToRun(app().db, requireViewer(locals.viewer), params.id);
	if (aid.state === 'archived' && aid.successorId) redirect(307, `/aids/${aid.successorId}/run`);
	return { aid, way: wayIn(url, aid.shown.cards.length), run: newId() };
};

/** `?way=0.1.4`: the cards seen so far, as browsers without scripts carry them on. */
function wayIn(url: URL, cards: number): number[] {
	const said = (url.searchParams.get('way') ?? '').split('.').slice(0, 500).map(Number);
	const known = said.filter((card) => Number.isInteger(card) && card >= 0 && card < cards);
	return known.length > 0 ? known : [0];
}

export const actions: Actions = {
	done: ({ request, locals, params }) =>
		act(request, async ({ run, ...progress }) => {
			const viewer = requireViewer(locals.viewer);
			await noteRun(
				app().db,
				viewer,
				parse(id, params.id),
				parse(id, run),
				parse(runProgress, { ...progress, finished: true })
			);
			redirect(303, `/aids/${params.id}`);
		}),
	stuck: ({ request, locals, params }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			redirect(303, (await beginQuestion(app().db, viewer, parse(id, params.id), parse(stuck, values))).address);
		})
};
