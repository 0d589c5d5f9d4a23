import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { needFilter } from '#src/needs/input.ts';
import { listNeeds } from '#src/needs/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = parse(needFilter, Object.fromEntries(url.searchParams));
	return { ...(await listNeeds(app().db, requireViewer(locals.viewer), filter)), filter };
};
