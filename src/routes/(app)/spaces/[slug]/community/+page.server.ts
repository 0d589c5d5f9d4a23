import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { insightsToAct } from '#src/app/server/insights.ts';
import { app } from '#src/app/server/runtime.ts';
import { personAsk } from '#src/ask/input.ts';
import { askPerson } from '#src/ask/server/experts.ts';
import { newCall } from '#src/community/calls/input.ts';
import { makeCall } from '#src/community/calls/server/make.ts';
import { hushFor, welcomeWords } from '#src/community/insights/input.ts';
import { hush, showAgain } from '#src/community/insights/server/hush.ts';
import { welcome } from '#src/community/insights/server/welcome.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { spaceBySlug } from '#src/core/spaces/server/read.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, parent }) => {
	const { space } = await parent();
	return insightsToAct(app().db, requireViewer(locals.viewer), space.id);
};

type Work = (db: Db, viewer: Viewer, spaceId: string, item: string, values: Record<string, string>) => Promise<unknown>;

/** A form about a person or an item, named by the field `item`, in the space of the page. */
const inSpace =
	(work: Work) =>
	({ request, locals, params, url }: RequestEvent) =>
		act(request, async ({ item, ...values }) => {
			const viewer = requireViewer(locals.viewer);
			const space = await spaceBySlug(app().db, viewer, params.slug);
			await work(app().db, viewer, space.id, item ?? '', values);
			if (!request.headers.has('x-sveltekit-action')) redirect(303, url.pathname);
		});

export const actions: Actions = {
	welcome: inSpace((db, viewer, spaceId, person, values) =>
		welcome(db, viewer, spaceId, parse(id, person), parse(welcomeWords, values))
	),
	askPerson: inSpace((db, viewer, _space, question, values) =>
		askPerson(db, viewer, parse(id, question), parse(personAsk, values))
	),
	call: inSpace((db, viewer, spaceId, topic, values) =>
		makeCall(db, viewer, spaceId, parse(newCall, { ...values, topic }))
	),
	hush: inSpace(async (db, viewer, spaceId, _item, { back, ...values }) => {
		await hush(db, viewer, spaceId, parse(hushFor, values));
		if (back === 'home') redirect(303, '/');
	}),
	showAgain: inSpace((db, viewer, spaceId) => showAgain(db, viewer, spaceId))
};
