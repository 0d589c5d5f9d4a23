import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { changeQuestionRows, withQuestion } from '#src/app/server/question-form.ts';
import { actOnRows, rowsOfDraft } from '#src/app/server/row-form.ts';
import { app } from '#src/app/server/runtime.ts';
import { showQuestion } from '#src/checks/attempts/server/read.ts';
import { valuesOf } from '#src/checks/banks/form.ts';
import { questionEdit } from '#src/checks/banks/input.ts';
import { readBank } from '#src/checks/banks/server/banks.ts';
import { lintContent } from '#src/checks/banks/server/lint.ts';
import { editQuestion } from '#src/checks/banks/server/questions.ts';
import { choicesOf, readQuestion } from '#src/checks/banks/server/read.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { loadDraft } from '#src/core/items/server/drafts.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { id, title } = await readBank(db, viewer, params.id);
	const question = await readQuestion(db, viewer, id, params.question);
	const draft = `edit:${question.id}`;
	const start = {
		...rowsOfDraft(await loadDraft(db, viewer, draft)),
		...valuesOf(question.content),
		...{ objectiveId: question.objectiveId ?? '', state: question.state }
	};
	const shown = showQuestion({
		id: question.id,
		seed: 1,
		content: question.content,
		answer: null,
		fileName: null,
		late: false
	});
	const warnings = lintContent(viewer, question.id, question.content);
	return { bank: { id, title }, question, start, draft, warnings, shown, ...(await choicesOf(db, viewer, id)) };
};

/** The type of a question never changes, so the form need not say it. */
const typeOf = async (locals: App.Locals, { id, question }: { id: string; question: string }) =>
	(await readQuestion(app().db, requireViewer(locals.viewer), id, question)).content.type;

export const actions: Actions = {
	save: async (event) => {
		const { id, question } = event.params;
		const type = await typeOf(event.locals, event.params);
		return actOnRows(event, async (db, viewer, values) => {
			await withQuestion(questionEdit, type, values, (edit) => editQuestion(db, viewer, id, question, edit));
			redirect(303, `/banks/${id}`);
		});
	},
	rows: async (event) => changeQuestionRows(event, await typeOf(event.locals, event.params))
};
