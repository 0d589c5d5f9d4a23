import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { findEdit, listEdit, newEdition, newPick, pickEdit, place } from '#src/lists/input.ts';
import { discardList, editList, listToEdit } from '#src/lists/server/drafts.ts';
import { candidatesFor, editFind } from '#src/lists/server/finds.ts';
import { pick, placePick, takeOut, writePick } from '#src/lists/server/picks.ts';
import { publishList } from '#src/lists/server/publish.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const list = await listToEdit(db, viewer, params.id);
	return { list, candidates: await candidatesFor(db, viewer, list), spaces: await spacesToWriteIn(db, viewer) };
};

type Values = Record<string, string>;

/** A form about the list itself; `then` says where it leads. */
const onList =
	(work: (db: Db, viewer: Viewer, listId: string, values: Values) => Promise<unknown>, then?: (id: string) => string) =>
	({ request, locals, params, url }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			if (then) redirect(303, then(params.id));
			if (!request.headers.has('x-sveltekit-action')) redirect(303, url.pathname);
		});

/** A form about one of its entries, named by the field `item`. */
const onPick =
	(work: (db: Db, viewer: Viewer, listId: string, pickId: string, values: Values) => Promise<unknown>) =>
	(event: RequestEvent) =>
		onItem((db, viewer, pickId, values) => work(db, viewer, parse(id, event.params.id), pickId, values))(event);

export const actions: Actions = {
	words: onList((db, viewer, list, values) => editList(db, viewer, list, parse(listEdit, values))),
	pick: onList((db, viewer, list, values) => pick(db, viewer, list, parse(newPick, values).findId)),
	write: onPick((db, viewer, list, entry, values) => writePick(db, viewer, list, entry, parse(pickEdit, values))),
	place: onPick((db, viewer, list, entry, values) => placePick(db, viewer, list, entry, parse(place, values).to)),
	takeOut: onPick((db, viewer, list, entry) => takeOut(db, viewer, list, entry)),
	find: onItem((db, viewer, find, values) => editFind(db, viewer, find, parse(findEdit, values))),
	publish: onList(
		(db, viewer, list, values) => publishList(db, viewer, list, parse(newEdition, values)),
		(list) => `/lists/${list}`
	),
	discard: onList(
		(db, viewer, list) => discardList(db, viewer, list),
		() => '/lists/found'
	)
};
