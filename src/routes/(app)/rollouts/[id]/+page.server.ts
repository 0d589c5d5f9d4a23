import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { itemActions } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { noteRead } from '#src/core/items/server/reading.ts';
import { newDeparture } from '#src/metrics/rollout/input.ts';
import { recordDeparture } from '#src/metrics/rollout/server/departures.ts';
import { drawOrder } from '#src/metrics/rollout/server/draw.ts';
import { readRollout } from '#src/metrics/rollout/server/read.ts';
import { todayIn } from '#src/platform/day.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	const rollout = await readRollout(app().db, viewer, params.id);
	await noteRead(app().db, viewer, rollout.id);
	return { rollout, today: todayIn(viewer.timeZone) };
};

type Work = (db: Db, viewer: Viewer, rollout: string, values: Record<string, string>) => Promise<unknown>;

/** A form about the roll-out; it shows the page again. */
const onRollout =
	(work: Work) =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			redirect(303, `/rollouts/${params.id}`);
		});

export const actions: Actions = {
	...itemActions,
	draw: onRollout((db, viewer, rollout) => drawOrder(db, viewer, rollout)),
	depart: onRollout((db, viewer, rollout, values) => recordDeparture(db, viewer, rollout, parse(newDeparture, values)))
};
