import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { afterMaking } from '#src/app/server/after-making.ts';
import { act } from '#src/app/server/http.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newPrompt } from '#src/prompts/input.ts';
import { makePrompt } from '#src/prompts/server/write.ts';

export const load: PageServerLoad = ({ locals, url }) => startOfItem(app().db, requireViewer(locals.viewer), url);

export const actions: Actions = {
	default: ({ request, locals, url }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const id = await makePrompt(app().db, viewer, parse(newPrompt, values));
			redirect(303, await afterMaking(app().db, viewer, url, { id, address: `/prompts/${id}`, kind: 'prompt' }));
		})
};
