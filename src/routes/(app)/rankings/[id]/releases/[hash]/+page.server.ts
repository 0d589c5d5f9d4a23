import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { readRelease } from '#src/rankings/server/release.ts';

export const load: PageServerLoad = ({ locals, params }) =>
	readRelease(app().db, requireViewer(locals.viewer), params.id, params.hash);
