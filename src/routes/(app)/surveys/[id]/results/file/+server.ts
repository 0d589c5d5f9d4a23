import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';
import { figuresFilter } from '#src/survey/input.ts';
import { figuresFile } from '#src/survey/server/files.ts';

export const GET: RequestHandler = ({ locals, params, url }) => {
	const { as } = parse(figuresFilter, Object.fromEntries(url.searchParams));
	return figuresFile(app().db, requireViewer(locals.viewer), params.id, as);
};
