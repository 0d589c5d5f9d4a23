import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { activityFile } from '#src/community/activities/server/calendar.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';

export const GET: RequestHandler = ({ locals, params, url }) =>
	activityFile(app().db, requireViewer(locals.viewer), params.id, url.origin);
