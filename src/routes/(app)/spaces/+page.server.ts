import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { listSpaces } from '#src/core/spaces/server/directory.ts';

export const load: PageServerLoad = async ({ locals }) => ({
	spaces: await listSpaces(app().db, requireViewer(locals.viewer))
});
