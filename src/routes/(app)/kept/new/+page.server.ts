import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { keptPage } from '#src/core/keeping/input.ts';
import { keepPage } from '#src/core/keeping/server/keep.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = ({ locals, url }) => {
	requireViewer(locals.viewer);
	const asked = (name: string, most: number) => (url.searchParams.get(name) ?? '').slice(0, most).toWellFormed();
	return { url: asked('url', 2100), title: asked('title', 300), passage: asked('text', 2000) };
};

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, async (values) => {
			const { id } = await keepPage(app().db, requireViewer(locals.viewer), parse(keptPage, values));
			redirect(303, `/kept/${id}`);
		})
};
