import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { newPage } from '#src/pages/input.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const spaces = await spacesToWriteIn(app().db, requireViewer(locals.viewer));
	const asked = spaces.find(({ id }) => id === url.searchParams.get('space')) ?? spaces[0];
	return {
		title: (url.searchParams.get('title') ?? '').slice(0, 200),
		space: asked?.id ?? '',
		spaces: spaces.map(({ id, name }) => ({ value: id, label: name }))
	};
};

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, async (values) => {
			const id = await writePage(app().db, requireViewer(locals.viewer), parse(newPage, values));
			redirect(303, `/pages/${id}`);
		})
};
