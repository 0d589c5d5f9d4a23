import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { areaShare, newArea } from '#src/community/areas/input.ts';
import { leaveArea, shareArea } from '#src/community/areas/server/people.ts';
import { canMakeAreas } from '#src/community/areas/server/policy.ts';
import { listAreas, lonelySpaces, spacesToPlace } from '#src/community/areas/server/read.ts';
import { makeArea, placeSpace } from '#src/community/areas/server/write.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const makes = canMakeAreas(viewer);
	return {
		makes,
		areas: await listAreas(db, viewer),
		lonely: makes ? await lonelySpaces(db, viewer) : [],
		places: makes ? await spacesToPlace(db, viewer, null) : []
	};
};

const onArea =
	(work: (db: Db, viewer: Viewer, areaId: string, values: Record<string, string>) => Promise<void>) =>
	({ request, locals }: RequestEvent) =>
		act(request, async ({ item, ...values }) => {
			const areaId = parse(id, item);
			await work(app().db, requireViewer(locals.viewer), areaId, values);
			redirect(303, `/community/${areaId}`);
		});

export const actions: Actions = {
	make: ({ request, locals }) =>
		act(request, async (values) => {
			const made = await makeArea(app().db, requireViewer(locals.viewer), parse(newArea, values));
			redirect(303, `/community/${made}`);
		}),
	place: onArea((db, viewer, area, { space }) => placeSpace(db, viewer, area, parse(id, space))),
	share: onArea((db, viewer, area, values) => shareArea(db, viewer, area, parse(areaShare, values))),
	leave: ({ request, locals }) =>
		act(request, async ({ item }) => {
			await leaveArea(app().db, requireViewer(locals.viewer), parse(id, item));
			redirect(303, '/community');
		})
};
