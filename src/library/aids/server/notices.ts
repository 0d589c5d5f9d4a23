import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import './events.ts';

/** What owners of job aids are told. */
export function wireAidNotices(db: Db): void {
	registerKinds([
		{
			...{
				name: 'aid.verify_due',
				label: 'A job aid of yours wants another look',
				group: 'For you to answer',
				choice: 'self'
			},
			...{ inPage: true, mail: 'digest', sentence: ({ title }) => `Does it still hold? “${title}”` }
		},
		{
			...{
				name: 'aid.handed_over',
				label: 'A job aid is handed over to you',
				group: 'For you to answer',
				choice: 'person'
			},
			...{ inPage: true, mail: 'digest', sentence: ({ actor, title }) => `${actor} asks you to look after “${title}”` }
		}
	]);
	subscribe('aid.verify_due', ({ id, itemId, ownerId }) =>
		notify(db, { eventId: id, kind: 'aid.verify_due', itemId, actorId: null }, sql`select ${ownerId}::uuid`)
	);
	subscribe('aid.handed_over', ({ id, itemId, ownerId, actorId }) =>
		notify(db, { eventId: id, kind: 'aid.handed_over', itemId, actorId }, sql`select ${ownerId}::uuid`)
	);
}
