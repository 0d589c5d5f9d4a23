import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { newPracticeNote } from '#src/community/practice/input.ts';
import { readPractice } from '#src/community/practice/server/read.ts';
import {
	declineInvite,
	hidePractice,
	inviteLeader,
	removeTried,
	sayTried,
	showPractice
} from '#src/community/practice/server/write.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { spaceBySlug } from '#src/core/spaces/server/read.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, parent }) => {
	const { space } = await parent();
	return { practice: await readPractice(app().db, requireViewer(locals.viewer), space.id) };
};

type Work = (db: Db, viewer: Viewer, spaceId: string, values: Record<string, string>) => Promise<unknown>;

/** A form of the page; without scripts it comes again. */
const onPractice =
	(work: Work) =>
	({ request, locals, params, url }: RequestEvent) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const { id: spaceId } = await spaceBySlug(app().db, viewer, params.slug);
			await work(app().db, viewer, spaceId, values);
			if (!request.headers.has('x-sveltekit-action')) redirect(303, url.pathname);
		});

export const actions: Actions = {
	show: onPractice((db, viewer, space) => showPractice(db, viewer, space)),
	hide: onPractice((db, viewer, space) => hidePractice(db, viewer, space)),
	tried: onPractice((db, viewer, space, values) => sayTried(db, viewer, space, parse(newPracticeNote, values))),
	remove: onPractice((db, viewer, _space, { item }) => removeTried(db, viewer, parse(id, item))),
	invite: onPractice((db, viewer, space, { item }) => inviteLeader(db, viewer, space, parse(id, item))),
	decline: onPractice((db, viewer, space) => declineInvite(db, viewer, space))
};
