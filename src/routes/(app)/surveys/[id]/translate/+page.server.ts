import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { parse } from '#src/platform/server/parse.ts';
import { languageTag, translation } from '#src/survey/input.ts';
import { surveyToEdit } from '#src/survey/server/read.ts';
import { translateSurvey } from '#src/survey/server/write.ts';
import { textsOf } from '#src/survey/survey.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const survey = await surveyToEdit(app().db, requireViewer(locals.viewer), params.id);
	const { questions, translations } = survey;
	const wanted = languageTag.safeParse(url.searchParams.get('language') ?? '').data ?? null;
	return {
		...{ id: survey.id, title: survey.title, written: survey.language, languages: Object.keys(translations) },
		language: wanted,
		texts: questions
			.flatMap(textsOf)
			.map(([place, text]) => ({ place, text, said: translations[wanted ?? '']?.[place] ?? '' }))
	};
};

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async ({ language, ...values }) => {
			const [surveyId, to] = [parse(id, params.id), parse(languageTag, language)];
			await translateSurvey(
				app().db,
				requireViewer(locals.viewer),
				surveyId,
				to,
				parse(translation, { words: values })
			);
			redirect(303, `/surveys/${surveyId}`);
		})
};
