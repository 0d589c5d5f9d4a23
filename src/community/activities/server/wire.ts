import { exportsOwn, ownFile } from '#src/core/export/server/own.ts';
import { registerFeeds } from '#src/core/feed-out/server/sources.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { followersOf } from '#src/core/notify/server/items.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { programmeFeed } from './calendar.ts';
import { markBegun } from './figure.ts';
import { remindAll } from './remind.ts';
import './write.ts';

const ownReminders = ownFile(
	'reminders',
	'activities you asked to be reminded of',
	(me) => sql`select r.item_id, i.title, a.begins, r.ahead, r.sent_at from activity_reminder r
		join activity a on a.item_id = r.item_id join item i on i.id = r.item_id where r.person_id = ${me} order by a.begins, i.id`
);

/** Who wants to be reminded is; who would come at the wrong time hears of the right one. */
export function wireActivities(db: Db): void {
	registerKinds([
		{
			...{
				name: 'activity.reminder',
				label: 'Activities you asked to be reminded of',
				group: 'New in your spaces',
				choice: 'self'
			},
			...{ inPage: true, mail: 'now', button: 'See where and when' },
			sentence: ({ title }) => `“${title}” begins soon`
		},
		{
			...{
				name: 'activity.moved',
				label: 'An activity you follow is at another time',
				group: 'New in your spaces',
				choice: 'self'
			},
			...{ inPage: true, mail: 'now', button: 'See when it is' },
			sentence: ({ actor, title }) => `${actor} changed the time of “${title}”`
		}
	]);
	subscribe('activity.moved', ({ id, itemId, actorId }) =>
		notify(
			db,
			{ eventId: id, kind: 'activity.moved', itemId, actorId },
			sql`select person_id from activity_reminder where item_id = ${itemId} union ${followersOf(itemId)}`
		)
	);
	defineJob('activities.remind', () => remindAll(db), { cron: '*/10 * * * *' });
	defineJob('activities.mark', () => markBegun(db), { cron: '*/10 * * * *' });
	registerFeeds(programmeFeed);
	exportsOwn(ownReminders);
}
