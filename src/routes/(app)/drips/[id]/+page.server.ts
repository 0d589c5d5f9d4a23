import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { itemActions } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { isWriting } from '#src/drips/server/drafts.ts';
import { readDrip } from '#src/drips/server/read.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	// Not published yet: its authors go on with it.
	if (await isWriting(db, viewer, params.id)) redirect(303, `/drips/${params.id}/edit`);
	return { drip: await readDrip(db, viewer, params.id) };
};

export const actions: Actions = itemActions;
