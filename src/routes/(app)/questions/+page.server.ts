import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { listQuestions, questionFilter } from '#src/ask/server/list.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = parse(questionFilter, Object.fromEntries(url.searchParams));
	return { filter, ...(await listQuestions(app().db, requireViewer(locals.viewer), filter)) };
};
