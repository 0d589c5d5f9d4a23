import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { sheetOf } from '#src/app/server/sheet-form.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';
import { answerSheet, keptAnswers, sheetFilter } from '#src/survey/input.ts';
import { answerSurvey, hasAnswered } from '#src/survey/server/answer.ts';
import { keepUnfinished } from '#src/survey/server/drafts.ts';
import { surveyToAnswer } from '#src/survey/server/read.ts';
import { surveyOf } from '#src/survey/server/record.ts';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' });
	const { language, resume } = parse(sheetFilter, Object.fromEntries(url.searchParams.entries().filter(known)));
	const survey = await surveyOf(db, viewer, params.id);
	if (await hasAnswered(db, viewer, survey.item_id)) redirect(303, `/surveys/${survey.item_id}/results`);
	return { sheet: await surveyToAnswer(db, viewer, params.id, { language, resume }) };
};

/** A form that comes back has its action in the address. */
const known = ([name]: [string, string]) => name === 'language' || name === 'resume';

export const actions: Actions = {
	send: (event) => onSheet(event, 'send'),
	keep: (event) => onSheet(event, 'keep')
};

async function onSheet({ request, locals, params }: RequestEvent, what: 'send' | 'keep') {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const survey = await surveyOf(db, viewer, params.id);
	return act(request, async (values) => {
		const { version, ...rest } = sheetOf(survey.content.questions, values);
		if (what === 'keep') return { resume: await keepUnfinished(db, survey, parse(keptAnswers, rest)), kept: values };
		await answerSurvey(db, viewer, survey.item_id, parse(answerSheet, { version, ...rest }));
		redirect(303, `/surveys/${survey.item_id}/results?thanks=on`);
	});
}
