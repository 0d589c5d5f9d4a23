import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { areaEdit, areaOffer, areaShare } from '#src/community/areas/input.ts';
import { offerArea, removeFromArea, shareArea } from '#src/community/areas/server/people.ts';
import { candidates, readArea, spacesToPlace } from '#src/community/areas/server/read.ts';
import { editArea, endArea, placeSpace, removeSpace } from '#src/community/areas/server/write.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const area = await readArea(db, viewer, params.id);
	const q = url.searchParams.get('q')?.trim() ?? '';
	return {
		area,
		q,
		found: area.canOffer ? await candidates(db, viewer, area.id, q) : [],
		places: area.canOffer ? await spacesToPlace(db, viewer, area.id) : []
	};
};

type Values = Record<string, string>;

/** A form about the area; without a script the page itself comes again. */
const onArea =
	(work: (db: Db, viewer: Viewer, areaId: string, values: Values) => Promise<unknown>) =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			redirect(303, `/community/${params.id}`);
		});

export const actions: Actions = {
	change: onArea((db, viewer, area, values) => editArea(db, viewer, area, parse(areaEdit, values))),
	place: onArea((db, viewer, area, { space }) => placeSpace(db, viewer, area, parse(id, space))),
	takeOut: onArea((db, viewer, area, { item }) => removeSpace(db, viewer, area, parse(id, item))),
	offer: onArea((db, viewer, area, { item, ...values }) =>
		offerArea(db, viewer, area, parse(id, item), parse(areaOffer, values))
	),
	letGo: onArea((db, viewer, area, { item }) => removeFromArea(db, viewer, area, parse(id, item))),
	share: onArea((db, viewer, area, values) => shareArea(db, viewer, area, parse(areaShare, values))),
	end: ({ request, locals, params }) =>
		act(request, async () => {
			await endArea(app().db, requireViewer(locals.viewer), parse(id, params.id));
			redirect(303, '/community');
		})
};
