import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';
import { resultsFilter } from '#src/survey/input.ts';
import { csvAnswer } from '#src/survey/server/away.ts';

export const GET: RequestHandler = ({ locals, params, url }) => {
	const filter = parse(resultsFilter, Object.fromEntries(url.searchParams));
	return csvAnswer(app().db, requireViewer(locals.viewer), params.id, filter);
};
