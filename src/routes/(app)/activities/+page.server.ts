import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { activityFilter } from '#src/community/activities/input.ts';
import { listActivities } from '#src/community/activities/server/read.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = parse(activityFilter, Object.fromEntries(url.searchParams));
	return { ...(await listActivities(app().db, requireViewer(locals.viewer), filter)), show: filter.show };
};
