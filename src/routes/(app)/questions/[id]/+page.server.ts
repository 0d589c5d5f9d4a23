import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { itemActions, onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { duplicate, infoRequest, newAnswer, personAsk } from '#src/ask/input.ts';
import { answerQuestion } from '#src/ask/server/ask.ts';
import { markDuplicate, unmarkDuplicate } from '#src/ask/server/duplicates.ts';
import { askPerson, peopleForQuestion } from '#src/ask/server/experts.ts';
import { acceptAnswer, askForMore, commentOnQuestion, takeBackAcceptance } from '#src/ask/server/questions.ts';
import { readQuestion } from '#src/ask/server/read.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { newComment } from '#src/core/items/actions-input.ts';
import { id } from '#src/core/items/input.ts';
import { printOf } from '#src/platform/server/kept.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const question = await readQuestion(db, viewer, parse(id, params.id));
	const stay = url.searchParams.has('stay');
	if (question.duplicateOf && !stay) {
		// A browser would keep the redirect for good, also after the merge is taken back.
		setHeaders({ 'cache-control': 'no-store' });
		redirect(308, `/questions/${question.duplicateOf}?from=${question.id}`);
	}
	const waits =
		question.answers.length === 0 && question.state === 'open' && !question.duplicateOf && question.canWrite;
	// Who may know changes with what others do.
	if (!waits) locals.print = printOf(question);
	const people = waits ? await peopleForQuestion(db, viewer, question.id) : [];
	return { question, people, from: url.searchParams.get('from') };
};

export const actions: Actions = {
	...itemActions,
	answer: onItem((db, viewer, item, values) => answerQuestion(db, viewer, item, parse(newAnswer, values))),
	commentOnQuestion: onItem((db, viewer, item, values) =>
		commentOnQuestion(db, viewer, item, parse(newComment, values))
	),
	askPerson: onItem((db, viewer, item, values) => askPerson(db, viewer, item, parse(personAsk, values))),
	accept: onItem((db, viewer, item) => acceptAnswer(db, viewer, item)),
	takeBackAcceptance: onItem((db, viewer, item) => takeBackAcceptance(db, viewer, item)),
	askForMore: onItem((db, viewer, item, values) => askForMore(db, viewer, item, parse(infoRequest, values))),
	markDuplicate: onItem((db, viewer, item, values) =>
		markDuplicate(db, viewer, item, parse(duplicate, values).originalId)
	),
	unmarkDuplicate: onItem((db, viewer, item) => unmarkDuplicate(db, viewer, item))
};
