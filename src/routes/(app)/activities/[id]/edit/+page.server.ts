import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { activityEdit } from '#src/community/activities/input.ts';
import { activityToEdit, possibleRunners } from '#src/community/activities/server/read.ts';
import { editActivity } from '#src/community/activities/server/write.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { figures } from '#src/core/figures/server/figures.ts';
import { id } from '#src/core/items/input.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const activity = await activityToEdit(db, viewer, parse(id, params.id));
	return {
		activity,
		people: await possibleRunners(db, viewer, activity.spaceId),
		figures: await figures().list(db, viewer),
		zones: ['UTC', ...Intl.supportedValuesOf('timeZone')]
	};
};

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			await editActivity(app().db, requireViewer(locals.viewer), parse(id, params.id), parse(activityEdit, values));
			redirect(303, `/activities/${params.id}`);
		})
};
