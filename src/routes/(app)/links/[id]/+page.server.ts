import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { itemActions, onItem } from '#src/app/server/item-actions.ts';
import { keepersOfItem } from '#src/app/server/keep.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { noteRead } from '#src/core/items/server/reading.ts';
import { newCheck } from '#src/library/links/input.ts';
import { checkLink, withdrawCheck } from '#src/library/links/server/checks.ts';
import { movedTo, readLink } from '#src/library/links/server/read.ts';
import { lookAgain } from '#src/library/links/server/share.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const moved = await movedTo(db, viewer, params.id);
	if (moved) redirect(308, `/links/${moved}`);
	const link = await readLink(db, viewer, params.id);
	await noteRead(db, viewer, link.id);
	return { link, keepers: await keepersOfItem(db, viewer, link.id) };
};

export const actions: Actions = {
	...itemActions,
	check: onItem((db, viewer, item, values) => checkLink(db, viewer, item, parse(newCheck, values))),
	withdraw: onItem((db, viewer, item) => withdrawCheck(db, viewer, item)),
	look: onItem((db, viewer, item) => lookAgain(db, viewer, item))
};
