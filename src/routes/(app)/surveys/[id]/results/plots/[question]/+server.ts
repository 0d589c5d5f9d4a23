import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';
import { plotFilter } from '#src/survey/input.ts';
import { plotAnswer } from '#src/survey/server/away.ts';

export const GET: RequestHandler = ({ locals, params: { id, question }, url }) => {
	const filter = parse(plotFilter, Object.fromEntries(url.searchParams));
	return plotAnswer(app().db, requireViewer(locals.viewer), id, { question, ...filter });
};
