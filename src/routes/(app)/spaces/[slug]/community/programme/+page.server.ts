import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { activityFilter } from '#src/community/activities/input.ts';
import { listActivities } from '#src/community/activities/server/read.ts';
import { allow, canRead } from '#src/core/access/server/policy.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
	const viewer = requireViewer(locals.viewer);
	const { space } = await parent();
	allow(canRead(viewer, { spaceId: space.id }), 'Its members alone read this space.');
	const filter = parse(activityFilter, { ...Object.fromEntries(url.searchParams), space: space.id });
	return { ...(await listActivities(app().db, viewer, filter)), show: filter.show };
};
