import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { soughtInVain } from '#src/core/search/server/misses.ts';
import { listRequests, requestFilter } from '#src/library/requests/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const filter = parse(requestFilter, Object.fromEntries(url.searchParams));
	const [list, sought] = await Promise.all([listRequests(db, viewer, filter), soughtInVain(db, viewer)]);
	return { ...list, filter, sought };
};
