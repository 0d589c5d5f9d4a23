import type { Actions, PageServerLoad } from './$types';
import { redirect } from '@sveltejs/kit';
import { act } from '#src/app/server/http.ts';
import { onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { newOption } from '#src/needs/options/input.ts';
import { addOption, listOptions, withdrawOption } from '#src/needs/options/server/options.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals }) => ({
	options: await listOptions(app().db, requireViewer(locals.viewer))
});

export const actions: Actions = {
	add: ({ request, locals, url }) =>
		act(request, async (values) => {
			await addOption(app().db, requireViewer(locals.viewer), parse(newOption, values));
			if (!request.headers.has('x-sveltekit-action')) redirect(303, url.pathname);
		}),
	withdraw: onItem((db, viewer, option) => withdrawOption(db, viewer, option))
};
