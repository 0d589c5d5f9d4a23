import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { findEdit, findFilter, newList } from '#src/lists/input.ts';
import { beginList, listsOfShelf } from '#src/lists/server/drafts.ts';
import { editFind, findsOfYear, removeFind } from '#src/lists/server/finds.ts';
import { myShelves } from '#src/lists/server/shelves.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { known, ...asked } = Object.fromEntries(url.searchParams);
	const found = await findsOfYear(db, viewer, parse(findFilter, asked));
	const [shelves, spaces] = await Promise.all([myShelves(db, viewer), spacesToWriteIn(db, viewer)]);
	const lists = found.shelf ? await listsOfShelf(db, viewer, found.shelf.id) : [];
	return { ...found, shelves, spaces, lists, known: known === 'on' };
};

export const actions: Actions = {
	find: onItem((db, viewer, find, values) => editFind(db, viewer, find, parse(findEdit, values))),
	remove: onItem((db, viewer, find) => removeFind(db, viewer, find)),
	begin: ({ request, locals }) =>
		act(request, async (values) => {
			const id = await beginList(app().db, requireViewer(locals.viewer), parse(newList, values));
			redirect(303, `/lists/${id}/edit`);
		})
};
