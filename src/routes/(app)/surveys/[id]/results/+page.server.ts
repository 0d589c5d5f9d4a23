import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';
import { resultsFilter } from '#src/survey/input.ts';
import { readResults } from '#src/survey/server/results.ts';
import { showResults } from '#src/survey/shown.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { thanks, ...query } = Object.fromEntries(url.searchParams);
	const filter = parse(resultsFilter, query);
	const results = await readResults(app().db, requireViewer(locals.viewer), params.id, filter);
	return { results: showResults(results), thanks: thanks === 'on' };
};
