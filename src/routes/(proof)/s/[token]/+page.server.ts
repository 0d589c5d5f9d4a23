import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { answeredHere, markAnswered } from '#src/app/server/linked-answer.ts';
import { app } from '#src/app/server/runtime.ts';
import { sheetOf } from '#src/app/server/sheet-form.ts';
import { parse } from '#src/platform/server/parse.ts';
import { keptAnswers, linkedSheet, sheetFilter } from '#src/survey/input.ts';
import { keepUnfinished } from '#src/survey/server/drafts.ts';
import { answerByLink, sheetByLink, surveyByLink } from '#src/survey/server/linked.ts';

/** A form that comes back has its action in the address. */
const known = ([name]: [string, string]) => name === 'language' || name === 'resume';

export const load: PageServerLoad = async ({ params, url, cookies, setHeaders }) => {
	const { db } = app();
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' });
	const { item_id } = await surveyByLink(db, params.token);
	if (answeredHere(cookies, item_id)) redirect(303, `/s/${params.token}/results`);
	const filter = parse(sheetFilter, Object.fromEntries(url.searchParams.entries().filter(known)));
	return { token: params.token, sheet: await sheetByLink(db, params.token, filter) };
};

export const actions: Actions = {
	send: (event) => onSheet(event, 'send'),
	keep: (event) => onSheet(event, 'keep')
};

async function onSheet({ request, params, url, cookies, getClientAddress }: RequestEvent, what: 'send' | 'keep') {
	const { db } = app();
	const survey = await surveyByLink(db, params.token);
	return act(request, async ({ submission, ...values }) => {
		const { version, ...rest } = sheetOf(survey.content.questions, values);
		if (what === 'keep') return { resume: await keepUnfinished(db, survey, parse(keptAnswers, rest)), kept: values };
		const here = `/s/${params.token}/results`;
		if (answeredHere(cookies, survey.item_id)) redirect(303, here);
		await answerByLink(db, params.token, parse(linkedSheet, { version, submission, ...rest }), getClientAddress());
		markAnswered(cookies, survey.item_id, url.protocol === 'https:');
		redirect(303, here);
	});
}
