import { exportsOwn, type OwnList } from '#src/core/export/server/own.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { wireItemNotices } from './items.ts';
import { heedLeave } from './leave.ts';
import { mailWhatIsDue } from './mails.ts';
import { pushWhatIsDue } from './push/work.ts';
import { forgetOldNotices } from './read.ts';

/** Devices that are told, for one's archive; what opens them is kept for nobody. */
const ownDevices: OwnList = {
	...{ name: 'devices', about: 'phones and browsers you are told on' },
	async *list(db, viewer) {
		yield* await rows(
			db,
			sql`select name, snoozed_until, pushed_at, created_at from push_device where person_id = ${viewer.id} order by created_at`
		);
	}
};

/** Who is told of what, and the jobs that mail, push and tidy. */
export function wireNotify(db: Db): void {
	wireItemNotices(db);
	exportsOwn(ownDevices);
	subscribe('leave.changed', ({ personId }) => heedLeave(db, personId));
	// The next minute tries again by itself.
	defineJob('notify.mail', () => mailWhatIsDue(db), { cron: '* * * * *', retryLimit: 0 });
	defineJob('notify.push', () => pushWhatIsDue(db), { cron: '* * * * *', retryLimit: 0 });
	defineJob('notify.forget', () => forgetOldNotices(db), { cron: '17 3 * * *' });
}
