import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { actWithFiles } from '#src/app/server/file-forms.ts';
import { app } from '#src/app/server/runtime.ts';
import { fromForm } from '#src/checks/attempts/form.ts';
import { answerSheet, type AnswerSheet } from '#src/checks/attempts/input.ts';
import { readAttempt } from '#src/checks/attempts/server/read.ts';
import { saveAnswers } from '#src/checks/attempts/server/sheet.ts';
import { submitAttempt } from '#src/checks/attempts/server/submit.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { fileLimits } from '#src/core/files/server/limits.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	attempt: await readAttempt(app().db, requireViewer(locals.viewer), params.id),
	most: (await fileLimits(app().db)).fileBytes
});

const onSheet =
	(work: (viewer: Viewer, id: string, sheet: AnswerSheet) => Promise<unknown>) =>
	(event: RequestEvent<{ id: string }>) =>
		actWithFiles(event, async ({ revision, ...values }) => {
			const sheet = parse(answerSheet, { revision, answers: fromForm(values) });
			return work(requireViewer(event.locals.viewer), event.params.id, sheet);
		});

export const actions: Actions = {
	save: onSheet(async (viewer, id, sheet) => ({ revision: await saveAnswers(app().db, viewer, id, sheet) })),
	submit: onSheet(async (viewer, id, sheet) => {
		await submitAttempt(app().db, viewer, id, sheet);
		redirect(303, `/attempts/${id}`);
	})
};
