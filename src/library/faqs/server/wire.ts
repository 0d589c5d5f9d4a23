import { notify } from '#src/core/notify/server/fan-out.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import '#src/core/items/server/write.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';

/**
 * Accepting another answer is told by the room of questions; this room knows it by name and
 * by the two ids that it needs.
 */
declare module '#src/core/signals/server/events.ts' {
	interface Events {
		'question.accepted': { questionId: string; answerId: string; actorId: string; masked: boolean };
	}
}

/** Whoever keeps an FAQ hears when the source of an answer in it has changed. */
export function wireFaqs(db: Db): void {
	registerKinds([
		{
			...{
				name: 'faq.source_changed',
				label: 'A source of your FAQ has changed',
				group: 'For you to answer',
				choice: 'self'
			},
			...{ inPage: true, mail: 'digest', sentence: ({ title }) => `The source of an answer in “${title}” has changed` }
		}
	]);
	subscribe('item.edited', async ({ id, itemId, kind, version, actorId }) => {
		if (kind !== 'answer') return;
		await tell(
			db,
			{ id, actorId },
			await rows(
				db,
				sql`select distinct faq_id from faq_entry where source_answer_id = ${itemId} and source_version < ${version}`
			)
		);
	});
	subscribe('question.accepted', async ({ id, questionId, answerId, actorId }) => {
		await tell(
			db,
			{ id, actorId },
			await rows(
				db,
				sql`select distinct faq_id from faq_entry where source_question_id = ${questionId} and source_answer_id is distinct from ${answerId}::uuid`
			)
		);
	});
}

async function tell(db: Db, { id, actorId }: { id: string; actorId: string }, faqs: { faq_id: string }[]) {
	for (const { faq_id: itemId } of faqs)
		await notify(
			db,
			// Nobody needs to know who, and it may be somebody without name.
			{ eventId: id, kind: 'faq.source_changed', itemId, actorId, masked: true },
			sql`select author_id from item where id = ${itemId}`
		);
}
