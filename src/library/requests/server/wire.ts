import { followersOf } from '#src/core/notify/server/items.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import './requests.ts';

/** Whoever asked hears of what shows it. */
export function wireRequests(db: Db): void {
	registerKinds([
		{
			...{ name: 'request.shown', label: 'Somebody shows what you asked for', group: 'Replies to you', choice: 'self' },
			...{ inPage: true, mail: 'now', sentence: ({ actor, title }) => `${actor} shows something for “${title}”` }
		}
	]);
	subscribe('request.shown', ({ id, requestId, actorId }) =>
		notify(
			db,
			{ eventId: id, kind: 'request.shown', itemId: requestId, actorId },
			sql`select author_id from item where id = ${requestId} union ${followersOf(requestId)}`
		)
	);
}
