import type { Actions, PageServerLoad } from './$types';
import { itemActions, onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { noteRead } from '#src/core/items/server/reading.ts';
import { entryChange, entryOf, newEntry } from '#src/library/collections/input.ts';
import { readCollection } from '#src/library/collections/server/read.ts';
import { addEntry, changeEntry, removeEntry } from '#src/library/collections/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const collection = await readCollection(db, viewer, params.id);
	await noteRead(db, viewer, collection.id);
	return { collection };
};

export const actions: Actions = {
	...itemActions,
	add: onItem((db, viewer, item, values) => addEntry(db, viewer, item, parse(newEntry, values))),
	change: onItem((db, viewer, item, { itemId, ...values }) =>
		changeEntry(db, viewer, item, parse(entryOf, { itemId }).itemId, parse(entryChange, values))
	),
	take: onItem((db, viewer, item, values) => removeEntry(db, viewer, item, parse(entryOf, values).itemId))
};
