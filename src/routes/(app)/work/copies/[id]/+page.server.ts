import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { parse } from '#src/platform/server/parse.ts';
import { readCopy, takeBack } from '#src/work/server/shares.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	return { copy: await readCopy(app().db, viewer, parse(id, params.id)), language: viewer.language };
};

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async () => {
			await takeBack(app().db, requireViewer(locals.viewer), parse(id, params.id));
			redirect(303, '/work');
		})
};
