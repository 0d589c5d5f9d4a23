import { notify } from '#src/core/notify/server/fan-out.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import './checks.ts';

/** Who is told of what happens to links: those who vouched for a page that is no longer what it was. */
export function wireLinkNotices(db: Db): void {
	registerKinds([
		{
			...{ name: 'link.drifted', label: 'A page you checked has changed', group: 'For you to answer', choice: 'self' },
			...{
				inPage: true,
				mail: 'digest',
				sentence: ({ title }) => `The page has changed since you checked it: “${title}”`
			}
		}
	]);
	subscribe('link.drifted', ({ id, itemId }) =>
		notify(
			db,
			{ eventId: id, kind: 'link.drifted', itemId, actorId: null },
			sql`select k.person_id from link_check k join link l on l.item_id = k.item_id
				where k.item_id = ${itemId} and k.snapshot > 0 and k.snapshot < l.snapshot and k.expires_at > now()`
		)
	);
}
