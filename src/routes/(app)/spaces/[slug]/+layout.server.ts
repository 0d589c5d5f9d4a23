import type { LayoutServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { canTend } from '#src/community/server/policy.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { spaceHeader } from '#src/core/spaces/server/directory.ts';

export const load: LayoutServerLoad = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	const space = await spaceHeader(app().db, viewer, params.slug);
	return { space, canTend: canTend(viewer, { spaceId: space.id }) };
};
