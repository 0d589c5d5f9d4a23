import { redirect } from '@sveltejs/kit';
import type { Actions } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { newSpace } from '#src/core/spaces/input.ts';
import { createSpace } from '#src/core/spaces/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, async (values) => {
			const slug = await createSpace(app().db, requireViewer(locals.viewer), parse(newSpace, values));
			redirect(303, `/spaces/${encodeURIComponent(slug)}`);
		})
};
