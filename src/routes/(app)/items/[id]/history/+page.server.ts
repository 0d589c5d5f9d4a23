import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { restoration } from '#src/core/items/input.ts';
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
	return { history, from, to, difference: await compareVersions(app().db, viewer, params.id, from, to) };
};

export const actions: Actions = {
	restore: ({ request, locals, params }) =>
		act(request, async (values) => {
			await restoreVersion(app().db, requireViewer(locals.viewer), params.id, parse(restoration, values));
			redirect(303, `/items/${params.id}/history`);
		})
};
