import type { Actions, PageServerLoad } from './$types';
import { onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { listFilter, snooze } from '#src/lists/input.ts';
import { myDrafts } from '#src/lists/server/drafts.ts';
import { listLists } from '#src/lists/server/read.ts';
import { mySubscriptions, snoozeLists, unsubscribeFrom } from '#src/lists/server/subscriptions.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const filter = parse(listFilter, Object.fromEntries(url.searchParams));
	const [list, drafts, subscriptions] = await Promise.all([
		listLists(db, viewer, filter),
		myDrafts(db, viewer),
		mySubscriptions(db, viewer)
	]);
	return { ...list, drafts, subscriptions, shelf: filter.shelf ?? null };
};

export const actions: Actions = {
	snooze: onItem((db, viewer, shelf, values) => snoozeLists(db, viewer, shelf, parse(snooze, values).days)),
	unsubscribe: onItem((db, viewer, shelf) => unsubscribeFrom(db, viewer, shelf))
};
