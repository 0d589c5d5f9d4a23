import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { allow } from '#src/core/access/server/policy.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { listMisses, mayListMisses } from '#src/core/search/server/misses.ts';

export const load: PageServerLoad = async ({ locals }) => {
	const viewer = requireViewer(locals.viewer);
	allow(mayListMisses(viewer), 'Stewards and community managers look after this.');
	return { misses: await listMisses(app().db, viewer) };
};
