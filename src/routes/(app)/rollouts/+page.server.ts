import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { itemFilter } from '#src/core/items/server/list.ts';
import { listRollouts } from '#src/metrics/rollout/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = ({ locals, url }) => {
	const filter = parse(itemFilter, Object.fromEntries(url.searchParams));
	return listRollouts(app().db, requireViewer(locals.viewer), filter);
};
