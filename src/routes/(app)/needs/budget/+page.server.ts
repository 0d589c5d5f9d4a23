import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { readBudget } from '#src/needs/plan/server/read.ts';

export const load: PageServerLoad = async ({ locals }) => ({
	lines: await readBudget(app().db, requireViewer(locals.viewer))
});
