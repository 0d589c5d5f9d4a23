import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { readSupport } from '#src/checks/attempts/server/support.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	view: await readSupport(app().db, requireViewer(locals.viewer), params.id)
});
