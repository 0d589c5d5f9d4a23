import { opensFiles } from '#src/core/files/server/read.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { tieHelp } from './help.ts';
import '../../server/events.ts';

/** Reviewers see what is shown to them and hear of it; what is asked about a check is tied to it and told on. */
export function wireAttempts(db: Db): void {
	registerKinds([
		{
			...{ name: 'check.review_due', label: 'Somebody shows you what they did', group: 'For you to answer' },
			...{
				inPage: true,
				mail: 'now',
				button: 'Look at it',
				sentence: ({ title }) => `Somebody shows you what they did for “${title}”`
			}
		},
		{
			...{
				name: 'check.reviewed',
				label: 'What you showed was looked at',
				group: 'Replies to you',
				inPage: true,
				mail: 'digest'
			},
			...{ button: 'See it', sentence: ({ title }) => `What you showed for “${title}” was looked at` }
		},
		{
			...{
				name: 'check.unclear',
				label: 'Something you wrote was not clear',
				group: 'For you to answer',
				inPage: true,
				mail: 'digest'
			},
			sentence: ({ title }) => `A question about “${title}” leads to something you wrote`
		},
		{
			...{
				name: 'check.clearer',
				label: 'What you asked about was changed',
				group: 'Replies to you',
				inPage: true,
				mail: 'digest'
			},
			sentence: ({ title }) => `You asked about “${title}”: it was changed since`
		}
	]);
	opensFiles(
		(
			viewer
		) => sql`exists (select 1 from attempt_question q join check_attempt a on a.id = q.attempt_id and a.submitted_at is not null
			join bank_question_version v on v.question_id = q.question_id and v.version = q.version
			where q.answer ->> 'fileId' = file.id::text and a.person_id = file.uploader_id and v.content ->> 'reviewerId' = ${viewer.id})`
	);
	wireReviews(db);
	wireHelp(db);
}

function wireReviews(db: Db): void {
	subscribe('check.in_review', ({ id, attemptId, itemId, personId }) =>
		notify(
			db,
			{
				eventId: id,
				kind: 'check.review_due',
				itemId,
				actorId: personId,
				masked: true,
				at: `/attempts/${attemptId}/review`
			},
			sql`select (v.content ->> 'reviewerId')::uuid from attempt_question q
				join bank_question_version v on v.question_id = q.question_id and v.version = q.version
				where q.attempt_id = ${attemptId} and q.points is null and v.content ->> 'type' = 'show'`
		)
	);
	for (const event of ['check.passed', 'check.failed'] as const)
		subscribe(event, ({ id, attemptId, itemId, personId }) =>
			notify(
				db,
				{ eventId: id, kind: 'check.reviewed', itemId, actorId: null, at: `/attempts/${attemptId}` },
				sql`select ${personId}::uuid where exists (select 1 from attempt_review where attempt_id = ${attemptId})`
			)
		);
}

function wireHelp(db: Db): void {
	subscribe('item.created', async (event) => {
		await tieHelp(db, event);
		await notify(
			db,
			{ eventId: event.id, kind: 'check.unclear', itemId: event.itemId, actorId: event.actorId, masked: true },
			sql`select k.author_id from check_help h join item k on k.id = h.content_id where h.asked_id = ${event.itemId}`
		);
	});
	subscribe('item.edited', ({ id, itemId, actorId }) =>
		notify(
			db,
			{ eventId: id, kind: 'check.clearer', itemId, actorId, unless: ['check.clearer'] },
			sql`select q.author_id from check_help h join item q on q.id = h.asked_id where h.content_id = ${itemId}`
		)
	);
}
