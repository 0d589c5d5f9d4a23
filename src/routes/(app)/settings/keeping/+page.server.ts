import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { counted } from '#src/core/keeping/input.ts';
import { isCounted, setCounted } from '#src/core/keeping/server/counted.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals }) => ({
	counted: await isCounted(app().db, requireViewer(locals.viewer))
});

export const actions: Actions = {
	count: ({ request, locals }) =>
		act(request, async (values) => {
			await setCounted(app().db, requireViewer(locals.viewer), parse(counted, { counted: 'off', ...values }));
			redirect(303, '/settings/keeping');
		})
};
