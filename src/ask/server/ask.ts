import { eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import { watch } from '#src/core/items/server/follows.ts';
import { item } from '#src/core/items/server/schema.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, lockItem } from '#src/core/items/server/write.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { record } from '#src/core/signals/server/record.ts';
import { spaceById } from '#src/core/spaces/server/read.ts';
import { sql, together, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { NewAnswer, NewQuestion } from '../input.ts';
import { question } from './schema.ts';

/**
 * Asks a question in a space.
 * @returns the question's id
 * @throws Failure forbidden for people outside the space; invalid where its steward does not allow anonymous questions
 */
export async function askQuestion(db: Db, viewer: Viewer, input: NewQuestion): Promise<string> {
	return db.transaction(async (tx) => {
		if (input.anonymous) {
			const space = await spaceById(tx, viewer, input.spaceId);
			if (!space.allowAnonymous) throw invalid({ anonymous: 'This space does not take anonymous questions.' });
		}
		return once(tx, viewer, input.submission, async () => {
			const id = await createItem(tx, viewer, { kind: 'question', ...input });
			await together(
				tx.insert(question).values({ itemId: id, climbAt: sql`now()` }),
				watch(tx, viewer.id, { targetKind: 'item', target: id }),
				record(tx, viewer.id, 'asked', { itemId: id, spaceId: input.spaceId })
			);
			return id;
		});
	});
}

/**
 * Answers a question; who answers follows it from then on. The asker of an anonymous
 * question answers it without name.
 * @returns the answer's id
 */
export async function answerQuestion(db: Db, viewer: Viewer, questionId: string, input: NewAnswer): Promise<string> {
	return db.transaction(async (tx) => {
		const asked = await lockItem(tx, viewer, questionId, 'question');
		const { spaceId } = asked;
		allow(canWriteIn(viewer, asked), 'Join the space to answer in it.');
		return once(tx, viewer, input.submission, async () => {
			const masked = asked.anonymous && asked.authorId === viewer.id;
			const answerId = await createItem(tx, viewer, {
				...{ kind: 'answer', spaceId, parentId: questionId, bodyMd: input.bodyMd, anonymous: masked }
			});
			await together(
				tx
					.update(question)
					.set({ answerCount: sql`answer_count + 1` })
					.where(eq(question.itemId, questionId)),
				tx
					.update(item)
					.set({ activeAt: sql`now()` })
					.where(eq(item.id, questionId)),
				watch(tx, viewer.id, { targetKind: 'item', target: questionId }),
				record(tx, viewer.id, 'answered', { itemId: answerId, spaceId }),
				emit(tx, 'question.answered', { questionId, answerId, spaceId, actorId: viewer.id, masked })
			);
			return answerId;
		});
	});
}
