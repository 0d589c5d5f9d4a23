import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';
import { answersFilter } from '#src/survey/input.ts';
import { answersFile } from '#src/survey/server/files.ts';

export const GET: RequestHandler = ({ locals, params, url }) => {
	const { as } = parse(answersFilter, Object.fromEntries(url.searchParams));
	return answersFile(app().db, requireViewer(locals.viewer), params.id, as);
};
