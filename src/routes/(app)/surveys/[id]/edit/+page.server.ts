import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { actOnRows, rowsOfDraft } from '#src/app/server/row-form.ts';
import { app } from '#src/app/server/runtime.ts';
import { changeSurveyRows, withSurvey } from '#src/app/server/survey-form.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { loadDraft } from '#src/core/items/server/drafts.ts';
import { parse } from '#src/platform/server/parse.ts';
import { questionValues } from '#src/survey/form.ts';
import { surveyEdit } from '#src/survey/input.ts';
import { surveyToEdit } from '#src/survey/server/read.ts';
import { editSurvey } from '#src/survey/server/write.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { questions, translations: _, ...survey } = await surveyToEdit(db, viewer, params.id);
	const draft = `edit:${survey.id}`;
	const start = {
		...rowsOfDraft(await loadDraft(db, viewer, draft)),
		...questionValues(questions),
		...{ title: survey.title, bodyMd: survey.bodyMd, tags: survey.tags.join(' '), edition: survey.edition },
		...{ anonymous: survey.anonymous ? 'on' : '', releaseEvery: String(survey.releaseEvery) },
		...{ minCell: String(survey.minCell), language: survey.language, closesOn: survey.closesOn ?? '' }
	};
	return { survey, start, draft };
};

export const actions: Actions = {
	save: (event) =>
		actOnRows(event, async (db, viewer, values) => {
			const surveyId = parse(id, event.params.id);
			await withSurvey(surveyEdit, values, (input) => editSurvey(db, viewer, surveyId, input));
			redirect(303, `/surveys/${surveyId}`);
		}),
	rows: changeSurveyRows
};
