import { eq } from 'drizzle-orm';
import { allow, canWriteIn, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { isMasked } from '#src/core/items/server/masked.ts';
import { editItem, lockItem, type ItemRow } from '#src/core/items/server/write.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { record } from '#src/core/signals/server/record.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import type { AnswerEdit, InfoRequest, QuestionEdit } from '../input.ts';
import { question } from './schema.ts';
import { refreshStanding } from './standing.ts';

export type QuestionRow = typeof question.$inferSelect;

/** The question beneath a lock, with its item: whoever changes its state comes one after the other. */
export async function lockQuestion(
	tx: Db,
	viewer: Viewer,
	id: string
): Promise<{ asked: ItemRow; state: QuestionRow }> {
	const asked = await lockItem(tx, viewer, id, 'question');
	const [state] = await tx.select().from(question).where(eq(question.itemId, id));
	return { asked, state: state! };
}

/** Who may settle a question: who asked it, and the stewards of its space. */
export const canSettle = (viewer: Viewer, asked: ItemRow) =>
	asked.authorId === viewer.id || isSteward(viewer, asked.spaceId);

/** Changes a question. An asker who was asked for more has given it with this. */
export async function editQuestion(db: Db, viewer: Viewer, id: string, edit: QuestionEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const { asked, state } = await lockQuestion(tx, viewer, id);
		const version = await editItem(tx, viewer, id, edit);
		if (asked.authorId === viewer.id) await noteInfoGiven(tx, viewer, asked, state);
		return version;
	});
}

export async function editAnswer(db: Db, viewer: Viewer, id: string, edit: AnswerEdit): Promise<number> {
	return db.transaction(async (tx) => {
		await lockItem(tx, viewer, id, 'answer');
		return editItem(tx, viewer, id, edit);
	});
}

/**
 * Accepts an answer: it solved the asker's problem. Another one accepted before gives way.
 * @returns the question's id
 */
export async function acceptAnswer(db: Db, viewer: Viewer, answerId: string): Promise<string> {
	return db.transaction(async (tx) => {
		const answer = await lockItem(tx, viewer, answerId, 'answer');
		const { asked } = await lockQuestion(tx, viewer, answer.parentId!);
		allow(canSettle(viewer, asked), 'Who asked decides which answer solved it.');
		await tx.update(question).set({ acceptedAnswerId: answerId }).where(eq(question.itemId, asked.id));
		await refreshStanding(tx, asked.id);
		await record(tx, viewer.id, 'accepted', { itemId: answerId, spaceId: asked.spaceId });
		const masked = await isMasked(tx, viewer, asked.id);
		await emit(tx, 'question.accepted', { questionId: asked.id, answerId, actorId: viewer.id, masked });
		return asked.id;
	});
}

/** Takes an acceptance back: the question is open again. */
export async function takeBackAcceptance(db: Db, viewer: Viewer, questionId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const { asked } = await lockQuestion(tx, viewer, questionId);
		allow(canSettle(viewer, asked));
		await tx.update(question).set({ acceptedAnswerId: null }).where(eq(question.itemId, questionId));
		await refreshStanding(tx, questionId);
		await emit(tx, 'question.acceptance_taken_back', { questionId, actorId: viewer.id });
	});
}

/** Asks the asker for what is missing: a comment says what, and the question waits. @returns the comment's id */
export async function askForMore(db: Db, viewer: Viewer, questionId: string, input: InfoRequest): Promise<string> {
	return db.transaction(async (tx) => {
		const { asked, state } = await lockQuestion(tx, viewer, questionId);
		allow(canWriteIn(viewer, asked), 'Join the space to ask for more.');
		if (asked.authorId === viewer.id) throw invalid({ bodyMd: 'It is your question: add what is missing to it.' });
		if (state.status === 'answered' || state.status === 'duplicate')
			throw conflict('This question is settled already.');
		const commentId = await addComment(tx, viewer, questionId, input);
		await tx.update(question).set({ status: 'needs_info' }).where(eq(question.itemId, questionId));
		await emit(tx, 'question.needs_info', { questionId, commentId, actorId: viewer.id });
		return commentId;
	});
}

/** Comments on a question; from the asker it also answers a request for more. @returns the comment's id */
export async function commentOnQuestion(
	db: Db,
	viewer: Viewer,
	questionId: string,
	input: InfoRequest
): Promise<string> {
	return db.transaction(async (tx) => {
		const { asked, state } = await lockQuestion(tx, viewer, questionId);
		const commentId = await addComment(tx, viewer, questionId, input);
		if (asked.authorId === viewer.id) await noteInfoGiven(tx, viewer, asked, state);
		return commentId;
	});
}

async function noteInfoGiven(tx: Db, viewer: Viewer, asked: ItemRow, state: QuestionRow): Promise<void> {
	if (state.status !== 'needs_info') return;
	await tx
		.update(question)
		.set({ status: 'open', climbAt: sql`now()`, climbSince: sql`now()` })
		.where(eq(question.itemId, asked.id));
	await emit(tx, 'question.info_given', { questionId: asked.id, actorId: viewer.id, masked: asked.anonymous });
}
