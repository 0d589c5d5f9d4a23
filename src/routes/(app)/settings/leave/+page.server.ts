import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { newLeave } from '#src/core/people/input.ts';
import { endLeave, ownLeaves, takeLeave } from '#src/core/people/server/leave.ts';
import { todayIn } from '#src/platform/day.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals }) => {
	const viewer = requireViewer(locals.viewer);
	return { leaves: await ownLeaves(app().db, viewer), today: todayIn(viewer.timeZone), zone: viewer.timeZone };
};

export const actions: Actions = {
	take: ({ request, locals }) =>
		act(request, async (values) => {
			await takeLeave(app().db, requireViewer(locals.viewer), parse(newLeave, values));
			redirect(303, '/settings/leave');
		}),
	end: onItem((db, viewer, item) => endLeave(db, viewer, item))
};
