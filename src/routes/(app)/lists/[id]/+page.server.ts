import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { itemActions, onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { changeAnswer } from '#src/lists/input.ts';
import { isWriting } from '#src/lists/server/drafts.ts';
import { readList } from '#src/lists/server/read.ts';
import { answerChange, noteReader } from '#src/lists/server/readers.ts';
import { subscribeTo, unsubscribeFrom } from '#src/lists/server/subscriptions.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	// Not published yet: its curators go on with it.
	if (await isWriting(db, viewer, params.id)) redirect(303, `/lists/${params.id}/edit`);
	const list = await readList(db, viewer, params.id);
	if (!list.canCurate) await noteReader(db, viewer, params.id);
	return { list, origin: url.origin };
};

export const actions: Actions = {
	...itemActions,
	answer: onItem((db, viewer, list, values) => answerChange(db, viewer, list, parse(changeAnswer, values).changed)),
	subscribe: onItem((db, viewer, shelf) => subscribeTo(db, viewer, shelf)),
	unsubscribe: onItem((db, viewer, shelf) => unsubscribeFrom(db, viewer, shelf))
};
