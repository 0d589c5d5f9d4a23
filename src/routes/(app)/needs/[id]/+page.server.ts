import type { Actions, PageServerLoad } from './$types';
import { itemActions } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { readPulse } from '#src/needs/pulse/server/read.ts';
import { readNeed } from '#src/needs/server/read.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	need: await readNeed(app().db, requireViewer(locals.viewer), params.id),
	pulse: await readPulse(app().db, requireViewer(locals.viewer), params.id)
});

export const actions: Actions = { ...itemActions };
