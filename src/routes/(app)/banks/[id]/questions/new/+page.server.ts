import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { changeQuestionRows, withQuestion } from '#src/app/server/question-form.ts';
import { actOnRows, rowsOfDraft } from '#src/app/server/row-form.ts';
import { app } from '#src/app/server/runtime.ts';
import { newQuestion } from '#src/checks/banks/input.ts';
import { readBank } from '#src/checks/banks/server/banks.ts';
import { addQuestion } from '#src/checks/banks/server/questions.ts';
import { choicesOf } from '#src/checks/banks/server/read.ts';
import { questionTypes, type QuestionType } from '#src/checks/question.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { loadDraft } from '#src/core/items/server/drafts.ts';
import { notFound } from '#src/platform/server/errors.ts';

const typeIn = (url: URL) => questionTypes.find((type) => type === url.searchParams.get('type'));

function typeOf(url: URL): QuestionType {
	const type = typeIn(url);
	if (!type) throw notFound('There is no such type of question.');
	return type;
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { id, title } = await readBank(db, viewer, params.id);
	const type = typeIn(url) ?? null;
	const draft = `question-${type}:${id}`;
	const start = {
		...rowsOfDraft(type ? await loadDraft(db, viewer, draft) : undefined),
		objectiveId: url.searchParams.get('objective') ?? '',
		state: 'ready'
	};
	return { bank: { id, title }, type, draft, start, ...(await choicesOf(db, viewer, id)) };
};

export const actions: Actions = {
	save: (event) =>
		actOnRows(event, async (db, viewer, values) => {
			await withQuestion(newQuestion, typeOf(event.url), values, (input) =>
				addQuestion(db, viewer, event.params.id, input)
			);
			redirect(303, `/banks/${event.params.id}`);
		}),
	rows: (event) => changeQuestionRows(event, typeOf(event.url))
};
