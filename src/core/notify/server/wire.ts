import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { wireItemNotices } from './items.ts';
import { mailWhatIsDue } from './mails.ts';
import { pushWhatIsDue } from './push/work.ts';
import { forgetOldNotices } from './read.ts';

/** Who is told of what, and the jobs that mail and tidy. */
export function wireNotify(db: Db): void {
	wireItemNotices(db);
	// The next minute tries again by itself.
	defineJob('notify.mail', () => mailWhatIsDue(db), { cron: '* * * * *', retryLimit: 0 });
	defineJob('notify.push', () => pushWhatIsDue(db), { cron: '* * * * *', retryLimit: 0 });
	defineJob('notify.forget', () => forgetOldNotices(db), { cron: '17 3 * * *' });
}
