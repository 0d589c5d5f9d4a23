import type { PageServerLoad } from './$types';
import { answeredHere } from '#src/app/server/linked-answer.ts';
import { app } from '#src/app/server/runtime.ts';
import { parse } from '#src/platform/server/parse.ts';
import { resultsFilter } from '#src/survey/input.ts';
import { resultsByLink, surveyByLink } from '#src/survey/server/linked.ts';
import { showResults } from '#src/survey/shown.ts';

export const load: PageServerLoad = async ({ params, url, cookies, setHeaders }) => {
	const { db } = app();
	setHeaders({ 'cache-control': 'no-store' });
	const { item_id } = await surveyByLink(db, params.token);
	const filter = parse(resultsFilter, Object.fromEntries(url.searchParams));
	const answered = answeredHere(cookies, item_id);
	const results = await resultsByLink(db, params.token, { answered, ...filter });
	return { token: params.token, answered, results: showResults(results) };
};
