import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { newFind } from '#src/lists/input.ts';
import { todayIn } from '#src/platform/day.ts';
import { collect } from '#src/lists/server/finds.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const viewer = requireViewer(locals.viewer);
	const asked = (name: string, most = 300) => (url.searchParams.get(name) ?? '').slice(0, most);
	return {
		url: asked('url', 2100),
		find: {
			...{ title: asked('title'), author: asked('author', 200), site: asked('site', 200) },
			...{ publishedOn: asked('published', 10), foundOn: todayIn(viewer.timeZone) }
		},
		space: asked('space', 40),
		spaces: await spacesToWriteIn(app().db, viewer),
		origin: url.origin
	};
};

export const actions: Actions = {
	/** From a page that is being read one stays there; else the list of the year shows what came in. */
	default: ({ request, locals }) =>
		act(request, async ({ stay, ...values }) => {
			const viewer = requireViewer(locals.viewer);
			const input = parse(newFind, values);
			const { id, shelf, year, known } = await collect(app().db, viewer, input);
			if (stay && request.headers.has('x-sveltekit-action')) return { id, known };
			redirect(303, `/lists/found?shelf=${shelf}&year=${year}${known ? '&known=on' : ''}#find-${id}`);
		})
};
