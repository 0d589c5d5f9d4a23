import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { readEdition } from '#src/lists/server/read.ts';

export const load: PageServerLoad = ({ locals, params }) =>
	readEdition(app().db, requireViewer(locals.viewer), params.id, params.hash);
