import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { itemActions } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { afterwards, reminder } from '#src/community/activities/input.ts';
import { markActivity } from '#src/community/activities/server/figure.ts';
import { possibleRunners, readActivity } from '#src/community/activities/server/read.ts';
import { remindMe, remindMeNot } from '#src/community/activities/server/remind.ts';
import { tellAfterwards } from '#src/community/activities/server/write.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { noteRead } from '#src/core/items/server/reading.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const activity = await readActivity(db, viewer, params.id);
	await noteRead(db, viewer, activity.id);
	const tells = activity.canKeep && activity.stage !== 'coming';
	return { activity, people: tells ? await possibleRunners(db, viewer, activity.space.id) : [] };
};

type Work = (db: Db, viewer: Viewer, activityId: string, values: Record<string, string>) => Promise<unknown>;

/** A form about the activity; without scripts the page comes again. */
const onActivity =
	(work: Work) =>
	({ request, locals, params, url }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			if (!request.headers.has('x-sveltekit-action')) redirect(303, url.pathname);
		});

export const actions: Actions = {
	...itemActions,
	afterwards: onActivity((db, viewer, activity, values) =>
		tellAfterwards(db, viewer, activity, parse(afterwards, values))
	),
	mark: onActivity((db, viewer, activity) => markActivity(db, viewer, activity)),
	remind: onActivity((db, viewer, activity, values) => remindMe(db, viewer, activity, parse(reminder, values).ahead)),
	remindNot: onActivity((db, viewer, activity) => remindMeNot(db, viewer, activity))
};
