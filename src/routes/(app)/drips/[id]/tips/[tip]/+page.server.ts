import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { openTip } from '#src/drips/server/read.ts';

export const load: PageServerLoad = ({ locals, params }) =>
	openTip(app().db, requireViewer(locals.viewer), params.id, params.tip);
