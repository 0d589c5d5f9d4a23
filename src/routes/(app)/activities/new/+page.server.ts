import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { afterMaking } from '#src/app/server/after-making.ts';
import { act } from '#src/app/server/http.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { app } from '#src/app/server/runtime.ts';
import { newActivity } from '#src/community/activities/input.ts';
import { possibleRunners } from '#src/community/activities/server/read.ts';
import { planActivity } from '#src/community/activities/server/write.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { figures } from '#src/core/figures/server/figures.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const start = await startOfItem(db, viewer, url);
	return {
		start,
		people: start.space ? await possibleRunners(db, viewer, start.space) : [],
		figures: await figures().list(db, viewer),
		zone: viewer.timeZone,
		zones: ['UTC', ...Intl.supportedValuesOf('timeZone')]
	};
};

export const actions: Actions = {
	default: ({ request, locals, url }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const id = await planActivity(app().db, viewer, parse(newActivity, values));
			const made = { id, address: `/activities/${id}`, kind: 'activity' };
			redirect(303, await afterMaking(app().db, viewer, url, made));
		})
};
