import { exportsOwn } from '#src/core/export/server/own.ts';
import { usesFiles } from '#src/core/files/server/contents.ts';
import { opensFiles } from '#src/core/files/server/read.ts';
import { registerKinds, type NotificationKind } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { namesViewer } from './review.ts';
import { tieHelp } from './help.ts';
import { ownAttempts } from './own.ts';
import '../../server/events.ts';

const NOTICES: NotificationKind[] = [
	{
		...{
			name: 'check.review_due',
			label: 'Somebody shows you what they did',
			group: 'For you to answer',
			choice: 'person'
		},
		...{ inPage: true, mail: 'now', button: 'Look at it' },
		sentence: ({ title }) => `Somebody shows you what they did for “${title}”`
	},
	{
		...{ name: 'check.reviewed', label: 'What you showed was looked at', group: 'Replies to you', choice: 'self' },
		...{ inPage: true, mail: 'digest', button: 'See it' },
		sentence: ({ title }) => `What you showed for “${title}” was looked at`
	},
	{
		...{
			name: 'check.help_wanted',
			label: 'Somebody asks about a check you help with',
			group: 'For you to answer',
			choice: 'person'
		},
		...{ inPage: true, mail: 'now' },
		sentence: ({ title }) => `Somebody asks about a check you help with: “${title}”`
	},
	{
		...{
			name: 'check.unclear',
			label: 'Something you wrote was not clear',
			group: 'For you to answer',
			choice: 'self'
		},
		...{ inPage: true, mail: 'digest' },
		sentence: ({ title }) => `A question about “${title}” leads to something you wrote`
	},
	{
		...{ name: 'check.clearer', label: 'What you asked about was changed', group: 'Replies to you', choice: 'self' },
		...{ inPage: true, mail: 'digest' },
		sentence: ({ title }) => `You asked about “${title}”: it was changed since`
	}
];

/** Reviewers see what is shown to them and hear of it; what is asked about a check is tied to it and told on. */
export function wireAttempts(db: Db): void {
	registerKinds(NOTICES);
	exportsOwn({ name: 'attempts', about: 'the checks you took, and what you answered', list: ownAttempts });
	usesFiles((id) => sql`exists (select 1 from attempt_question q where q.answer ->> 'fileId' = ${id})`);
	opensFiles(
		(
			viewer
		) => sql`exists (select 1 from attempt_question q join check_attempt a on a.id = q.attempt_id and a.submitted_at is not null
			join bank_question_version v on v.question_id = q.question_id and v.version = q.version
			where q.answer ->> 'fileId' = file.id::text and a.person_id = file.uploader_id and v.content ->> 'type' = 'show' and ${namesViewer(viewer)})`
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
	subscribe('item.created', (event) => tieHelp(db, event));
	// Whoever follows the space may have heard of the question already: this says more.
	const better = { masked: true, insteadOf: ['item.new'] };
	subscribe('check.help_wanted', async ({ id, itemId, askedId, actorId }) => {
		await notify(
			db,
			{ eventId: id, kind: 'check.help_wanted', itemId: askedId, actorId, ...better },
			sql`select expert_id from check_item where item_id = ${itemId} and expert_id is not null`
		);
		await notify(
			db,
			{ eventId: id, kind: 'check.unclear', itemId: askedId, actorId, ...better },
			sql`select k.author_id from check_help h join item k on k.id = h.content_id
				where h.asked_id = ${askedId} and h.check_id = ${itemId}`
		);
	});
	// Once for what they asked, however often it is changed.
	subscribe('item.edited', ({ id, itemId, actorId }) =>
		notify(
			db,
			{ eventId: id, kind: 'check.clearer', itemId, actorId },
			sql`select q.author_id from check_help h join item q on q.id = h.asked_id
				where h.content_id = ${itemId} and not exists (select 1 from notification n
					where n.person_id = q.author_id and n.item_id = ${itemId} and n.kind = 'check.clearer' and n.created_at > q.created_at)`
		)
	);
}
