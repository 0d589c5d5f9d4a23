import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { readTool } from '#src/rankings/server/tools.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	tool: await readTool(app().db, requireViewer(locals.viewer), params.id)
});
