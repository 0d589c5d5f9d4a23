import { exportsOwn } from '#src/core/export/server/own.ts';
import { registerFeeds } from '#src/core/feed-out/server/sources.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { listsFeed } from './feed.ts';
import { LOOK } from './finds.ts';
import { listLetter } from './letter.ts';
import { lookAtFind } from './look.ts';
import { ownReading } from './own.ts';
import './publish.ts';
import { askReaders } from './readers.ts';
import { subscribersOf } from './subscriptions.ts';

/** Who asked for a list gets it; who read one is asked a month later, once. */
export function wireLists(db: Db): void {
	registerFeeds(listsFeed);
	registerKinds([
		{
			...{
				name: 'list.published',
				label: 'A new reading list you asked for',
				group: 'New in your spaces',
				choice: 'self'
			},
			...{ inPage: true, mail: 'now', button: 'Read it in Trellis', letter: listLetter },
			sentence: ({ actor, title }) => `${actor} published “${title}”`
		},
		{
			...{
				name: 'list.asked',
				label: 'Whether a reading list changed how you work',
				group: 'For you to answer',
				choice: 'default'
			},
			...{ inPage: true, mail: 'digest', atWork: true, button: 'Answer with one tap' },
			sentence: ({ title }) => `You read “${title}” a month ago. Did it change how you work?`
		}
	]);
	subscribe('list.published', ({ id, itemId, shelfId, actorId }) =>
		notify(
			db,
			{ eventId: id, kind: 'list.published', itemId, actorId, insteadOf: ['item.new'] },
			subscribersOf(shelfId)
		)
	);
	subscribe('list.asked', ({ id, itemId, personId }) =>
		notify(
			db,
			{ eventId: id, kind: 'list.asked', itemId, actorId: null, at: `/lists/${itemId}#changed` },
			sql`select ${personId}::uuid`
		)
	);
	exportsOwn(...ownReading);
	defineJob<{ findId: string }>(LOOK, ({ findId }) => lookAtFind(db, findId), { atOnce: 5, retryLimit: 1 });
	defineJob('lists.ask', () => askReaders(db), { cron: '50 5 * * *' });
}
