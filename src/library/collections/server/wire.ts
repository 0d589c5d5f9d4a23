import { followersOf } from '#src/core/notify/server/items.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import type { Db } from '#src/platform/server/db.ts';
import './write.ts';

/** Who follows a collection hears of what comes into it. */
export function wireCollections(db: Db): void {
	registerKinds([
		{
			...{
				name: 'collection.added',
				label: 'Something new in a collection you follow',
				group: 'New in your spaces',
				choice: 'self'
			},
			...{ inPage: true, mail: 'digest', sentence: ({ actor, title }) => `${actor} added to “${title}”` }
		}
	]);
	subscribe('collection.added', ({ id, collectionId, actorId }) =>
		notify(db, { eventId: id, kind: 'collection.added', itemId: collectionId, actorId }, followersOf(collectionId))
	);
}
