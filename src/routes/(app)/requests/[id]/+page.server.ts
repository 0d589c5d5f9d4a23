import type { Actions, PageServerLoad } from './$types';
import { itemActions, onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { shown, thanks } from '#src/library/requests/input.ts';
import { readRequest } from '#src/library/requests/server/read.ts';
import { giveThanks, showFor, showNoMore, takeBackThanks } from '#src/library/requests/server/requests.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	request: await readRequest(app().db, requireViewer(locals.viewer), params.id)
});

export const actions: Actions = {
	...itemActions,
	show: onItem((db, viewer, item, values) => showFor(db, viewer, item, parse(shown, values).itemId)),
	showNoMore: onItem((db, viewer, item, values) => showNoMore(db, viewer, item, parse(shown, values).itemId)),
	thank: onItem((db, viewer, item, values) => giveThanks(db, viewer, item, parse(thanks, values))),
	takeBackThanks: onItem((db, viewer, item) => takeBackThanks(db, viewer, item))
};
