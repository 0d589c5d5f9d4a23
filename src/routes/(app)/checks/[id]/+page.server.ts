import type { Actions, PageServerLoad } from './$types';
import { itemActions } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { readCheck } from '#src/checks/server/read.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	check: await readCheck(app().db, requireViewer(locals.viewer), params.id)
});

export const actions: Actions = itemActions;
