import { redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { objectiveMove, objectiveTitle, questionFilter, questionState } from '#src/checks/banks/input.ts';
import { readBank } from '#src/checks/banks/server/banks.ts';
import { lintOf } from '#src/checks/banks/server/lint.ts';
import { addObjective, moveObjective, removeObjective, renameObjective } from '#src/checks/banks/server/objectives.ts';
import { setQuestionState } from '#src/checks/banks/server/questions.ts';
import { listQuestions } from '#src/checks/banks/server/read.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const asked = Object.fromEntries([...url.searchParams].filter(([, value]) => value !== ''));
	const filter = questionFilter.safeParse(asked).data ?? parse(questionFilter, {});
	const bank = await readBank(db, viewer, params.id);
	const questions = await listQuestions(db, viewer, params.id, filter);
	const shown = questions.items.map(({ id }) => id);
	return { bank, filter, questions, warnings: await lintOf(db, viewer, params.id, shown) };
};

type Values = Record<string, string>;
type Work = (db: Db, viewer: Viewer, bankId: string, values: Values) => Promise<unknown>;

/** An action on the bank; without JavaScript its page comes again, so that a reload does not send twice. */
const onBank =
	(work: Work) =>
	({ request, locals, params, url }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), params.id!, values);
			if (!request.headers.has('x-sveltekit-action')) redirect(303, url.pathname);
		});

export const actions: Actions = {
	addObjective: onBank((db, viewer, bankId, values) => addObjective(db, viewer, bankId, parse(objectiveTitle, values))),
	renameObjective: onBank((db, viewer, bankId, { objective = '', ...values }) =>
		renameObjective(db, viewer, bankId, parse(id, objective), parse(objectiveTitle, values))
	),
	moveObjective: onBank((db, viewer, bankId, { objective = '', ...values }) =>
		moveObjective(db, viewer, bankId, parse(id, objective), parse(objectiveMove, values))
	),
	removeObjective: onBank((db, viewer, bankId, { objective = '' }) =>
		removeObjective(db, viewer, bankId, parse(id, objective))
	),
	state: onBank((db, viewer, bankId, { question = '', ...values }) =>
		setQuestionState(db, viewer, bankId, parse(id, question), parse(questionState, values).state)
	)
};
