import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { exportAs } from '#src/checks/carry/input.ts';
import { download, exportQuestions } from '#src/checks/carry/server/export.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { format } = parse(exportAs, Object.fromEntries(url.searchParams));
	return download(await exportQuestions(app().db, requireViewer(locals.viewer), params.id, format));
};
