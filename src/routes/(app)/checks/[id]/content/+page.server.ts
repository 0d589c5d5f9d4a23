import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { readCheck } from '#src/checks/server/read.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { id, title, content, contentMinutes } = await readCheck(app().db, requireViewer(locals.viewer), params.id);
	return { id, title, content, contentMinutes };
};
