import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { markKnown } from '#src/drips/server/follow.ts';
import { openTip } from '#src/drips/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = ({ locals, params }) =>
	openTip(app().db, requireViewer(locals.viewer), params.id, params.tip);

export const actions: Actions = {
	know: ({ request, locals, params }) =>
		act(request, async () => {
			const viewer = requireViewer(locals.viewer);
			await markKnown(app().db, viewer.id, parse(id, params.id), parse(id, params.tip));
			redirect(303, `/drips/${params.id}/tips/${params.tip}`);
		})
};
