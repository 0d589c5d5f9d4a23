import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { dripFilter } from '#src/drips/input.ts';
import { myDrafts } from '#src/drips/server/drafts.ts';
import { listDrips } from '#src/drips/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const filter = parse(dripFilter, Object.fromEntries(url.searchParams));
	const [list, drafts] = await Promise.all([listDrips(db, viewer, filter), myDrafts(db, viewer)]);
	return { ...list, drafts };
};
