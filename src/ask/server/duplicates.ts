import { and, eq } from 'drizzle-orm';
import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { itemLink } from '#src/core/items/server/schema.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { canSettle, lockQuestion } from './questions.ts';
import { question } from './schema.ts';
import { refreshStanding } from './standing.ts';

/**
 * Says that a question was asked before: its page leads to the original, where its answers
 * are shown too. An original that is itself a duplicate stands for its own original, so
 * chains and circles cannot arise.
 * @returns the id of the original it leads to now
 */
export async function markDuplicate(db: Db, viewer: Viewer, questionId: string, originalId: string): Promise<string> {
	return db.transaction(async (tx) => {
		// One merge at a time: two that point at each other would lock each other out.
		await tx.execute(sql`select pg_advisory_xact_lock(hashtext('question.duplicate'))`);
		const { asked, state } = await lockQuestion(tx, viewer, questionId);
		allow(canSettle(viewer, asked), 'Who asked, or a steward, says that it was asked before. Say so in a comment.');
		const named = await lockQuestion(tx, viewer, originalId);
		const original = named.state.duplicateOf ?? originalId;
		if (original === questionId) throw invalid({ originalId: 'leads back to this question' });
		if (state.duplicateOf === original) return original;
		await expectReaders(tx, asked.spaceId, original);
		await tx.delete(itemLink).where(and(eq(itemLink.fromId, questionId), eq(itemLink.relation, 'duplicates')));
		await tx.update(question).set({ duplicateOf: original }).where(eq(question.duplicateOf, questionId));
		await tx
			.update(question)
			.set({ status: 'duplicate', duplicateOf: original })
			.where(eq(question.itemId, questionId));
		await tx
			.insert(itemLink)
			.values({ fromId: questionId, toId: original, relation: 'duplicates', createdBy: viewer.id })
			.onConflictDoNothing();
		await emit(tx, 'question.duplicate', {
			questionId,
			originalId: original,
			actorId: viewer.id,
			masked: asked.anonymous && asked.authorId === viewer.id
		});
		return original;
	});
}

/** Whoever is led on must be able to read where they arrive. */
async function expectReaders(tx: Db, spaceId: string, originalId: string): Promise<void> {
	const fits = await row(
		tx,
		sql`select 1 from item i join space s on s.id = i.space_id
			where i.id = ${originalId} and (s.access = 'open' or i.space_id = ${spaceId})`
	);
	if (!fits) throw invalid({ originalId: 'is in a space that not everybody here can read' });
}

/** Takes a merge back: the question stands by itself again. */
export async function unmarkDuplicate(db: Db, viewer: Viewer, questionId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const { asked, state } = await lockQuestion(tx, viewer, questionId);
		allow(canSettle(viewer, asked));
		if (!state.duplicateOf) return;
		await tx
			.update(question)
			.set({ duplicateOf: null, climbSince: sql`now()` })
			.where(eq(question.itemId, questionId));
		await refreshStanding(tx, questionId);
		await tx.delete(itemLink).where(and(eq(itemLink.fromId, questionId), eq(itemLink.relation, 'duplicates')));
	});
}
