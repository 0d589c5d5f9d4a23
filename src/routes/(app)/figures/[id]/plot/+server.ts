import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { plotAnswer } from '#src/metrics/server/away.ts';

export const GET: RequestHandler = ({ locals, params }) =>
	plotAnswer(app().db, requireViewer(locals.viewer), params.id);
