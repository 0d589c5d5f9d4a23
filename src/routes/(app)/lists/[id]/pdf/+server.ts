import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { pdfAnswer } from '#src/lists/server/pdf-answer.ts';

export const GET: RequestHandler = ({ locals, params, url }) =>
	pdfAnswer(app().db, requireViewer(locals.viewer), params.id, url.origin, url.searchParams.get('edition'));
