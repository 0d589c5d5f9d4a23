import { followersOf } from '#src/core/notify/server/items.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { array, sql, type Db } from '#src/platform/server/db.ts';
import './events.ts';

const authorOf = (itemId: string) => sql`select author_id from item where id = ${itemId}`;

/** What people are told of questions and answers. */
export function wireAskNotices(db: Db): void {
	registerKinds([
		{
			...{
				name: 'question.answered',
				label: 'Answers to your questions and those you follow',
				group: 'Replies to you',
				choice: 'self'
			},
			...{ inPage: true, mail: 'now', sentence: ({ actor, title }) => `${actor} answered “${title}”` }
		},
		{
			...{ name: 'question.accepted', label: 'An answer is accepted', group: 'Replies to you', choice: 'self' },
			...{ inPage: true, mail: 'digest', sentence: ({ actor, title }) => `${actor} accepted an answer to “${title}”` }
		},
		{
			...{
				name: 'question.needs_info',
				label: 'Your question needs more information',
				group: 'For you to answer',
				choice: 'self'
			},
			...{ inPage: true, mail: 'now', sentence: ({ actor, title }) => `${actor} needs to know more about “${title}”` }
		},
		{
			...{
				name: 'question.info_given',
				label: 'Missing information is given',
				group: 'Replies to you',
				choice: 'self'
			},
			...{
				inPage: true,
				mail: 'digest',
				sentence: ({ actor, title }) => `${actor} added what was missing to “${title}”`
			}
		},
		{
			...{
				name: 'question.duplicate',
				label: 'Your question is joined with another',
				group: 'Replies to you',
				choice: 'self'
			},
			...{ inPage: true, mail: 'digest', sentence: ({ title }) => `“${title}” was asked before: see the answers there` }
		},
		{
			...{
				name: 'question.climbed',
				label: 'Unanswered questions that you may know',
				group: 'For you to answer',
				choice: 'default'
			},
			...{
				inPage: true,
				mail: 'digest',
				sentence: ({ title }) => `Nobody has answered yet, and you may know: “${title}”`
			}
		},
		{
			...{ name: 'expert.asked', label: 'Somebody asks you by name', group: 'For you to answer', choice: 'person' },
			...{ inPage: true, mail: 'now', sentence: ({ actor, title }) => `${actor} asks what you know about “${title}”` }
		}
	]);

	subscribe('question.answered', ({ id, questionId, answerId, actorId, masked }) =>
		notify(
			db,
			{
				...{ eventId: id, kind: 'question.answered', itemId: answerId, actorId, masked },
				unless: ['item.mentioned']
			},
			sql`${authorOf(questionId)} union ${followersOf(questionId)}`
		)
	);
	subscribe('question.accepted', ({ id, questionId, answerId, actorId, masked }) =>
		notify(
			db,
			{ eventId: id, kind: 'question.accepted', itemId: answerId, actorId, masked },
			sql`${authorOf(answerId)} union ${followersOf(questionId)}`
		)
	);
	subscribe('question.needs_info', ({ id, questionId, commentId, actorId }) =>
		notify(
			db,
			{
				...{ eventId: id, kind: 'question.needs_info', itemId: commentId, actorId },
				insteadOf: ['item.commented', 'item.mentioned']
			},
			authorOf(questionId)
		)
	);
	subscribe('question.info_given', ({ id, questionId, actorId, masked }) =>
		notify(
			db,
			{ eventId: id, kind: 'question.info_given', itemId: questionId, actorId, masked },
			sql`${followersOf(questionId)} union select author_id from item where parent_id = ${questionId} and state = 'open'`
		)
	);
	subscribe('question.duplicate', ({ id, questionId, actorId, masked }) =>
		notify(db, { eventId: id, kind: 'question.duplicate', itemId: questionId, actorId, masked }, authorOf(questionId))
	);
	subscribe('question.climbed', ({ id, questionId, personIds }) =>
		notify(
			db,
			{
				...{ eventId: id, kind: 'question.climbed', itemId: questionId, actorId: null },
				unless: ['expert.asked', 'question.climbed']
			},
			// Who asked is never told of their own question.
			sql`select asked.id from unnest(${array(personIds, 'uuid')}) as asked (id) where asked.id not in (${authorOf(questionId)})`
		)
	);
	subscribe('expert.asked', ({ id, questionId, personId, actorId }) =>
		notify(
			db,
			{
				...{ eventId: id, kind: 'expert.asked', itemId: questionId, actorId },
				masked: actorId === null,
				insteadOf: ['question.climbed']
			},
			sql`select ${personId}::uuid`
		)
	);
}
