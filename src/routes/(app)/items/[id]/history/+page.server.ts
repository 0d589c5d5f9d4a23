import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { correctionText } from '#src/core/items/actions-input.ts';
import { restoration } from '#src/core/items/input.ts';
import { correctionState, tellCorrection } from '#src/core/items/server/corrections.ts';
import { compareVersions, itemHistory, restoreVersion } from '#src/core/items/server/history.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const viewer = requireViewer(locals.viewer);
	const history = await itemHistory(app().db, viewer, params.id);
	const asked = (name: string, otherwise: number) => {
		const number = Number(url.searchParams.get(name));
		return Number.isInteger(number) && number > 0 ? Math.min(number, history.version) : otherwise;
	};
	const to = asked('to', history.version);
	const from = asked('from', Math.max(1, to - 1));
	const [difference, correction] = await Promise.all([
		compareVersions(app().db, viewer, params.id, from, to),
		history.mayEdit && history.version > 1 ? correctionState(app().db, viewer, params.id) : null
	]);
	return { history, from, to, difference, correction };
};

export const actions: Actions = {
	correct: ({ request, locals, params }) =>
		act(request, async (values) => {
			await tellCorrection(app().db, requireViewer(locals.viewer), params.id, parse(correctionText, values));
			redirect(303, `/items/${params.id}/history`);
		}),
	restore: ({ request, locals, params }) =>
		act(request, async (values) => {
			await restoreVersion(app().db, requireViewer(locals.viewer), params.id, parse(restoration, values));
			redirect(303, `/items/${params.id}/history`);
		})
};
