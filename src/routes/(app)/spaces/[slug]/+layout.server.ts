import type { LayoutServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { spaceHeader } from '#src/core/spaces/server/directory.ts';

export const load: LayoutServerLoad = async ({ locals, params }) => ({
	space: await spaceHeader(app().db, requireViewer(locals.viewer), params.slug)
});
