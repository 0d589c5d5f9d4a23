import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { newStory, withMasks } from '#src/library/stories/input.ts';
import { tellStory } from '#src/library/stories/server/stories.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const spaces = await spacesToWriteIn(app().db, requireViewer(locals.viewer));
	const space = spaces.find(({ id }) => id === url.searchParams.get('space')) ?? spaces[0];
	return {
		title: (url.searchParams.get('title') ?? '').slice(0, 200),
		space: space?.id ?? '',
		spaces
	};
};

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, async (values) => {
			const id = await tellStory(app().db, requireViewer(locals.viewer), parse(newStory, withMasks(values)));
			redirect(303, `/stories/${id}`);
		})
};
