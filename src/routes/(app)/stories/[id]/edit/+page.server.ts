import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { storyEdit, withMasks } from '#src/library/stories/input.ts';
import { editStory, storyToEdit } from '#src/library/stories/server/stories.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	story: await storyToEdit(app().db, requireViewer(locals.viewer), params.id)
});

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			const edit = parse(storyEdit, withMasks(values));
			await editStory(app().db, requireViewer(locals.viewer), params.id, edit);
			redirect(303, `/stories/${params.id}`);
		})
};
