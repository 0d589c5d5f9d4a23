import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { editionAnswer } from '#src/rankings/guide/server/editions.ts';

export const GET: RequestHandler = ({ locals, params }) =>
	editionAnswer(app().db, requireViewer(locals.viewer), params.id, params.edition);
