import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { listTags } from '#src/ask/server/list.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';

export const load: PageServerLoad = async ({ locals }) => ({
	tags: await listTags(app().db, requireViewer(locals.viewer))
});
