import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { wireItemNotices } from './items.ts';
import { forgetOldNotices } from './read.ts';

/** Who is told of what, and the jobs that mail and tidy. */
export function wireNotify(db: Db): void {
	wireItemNotices(db);
	defineJob('notify.forget', () => forgetOldNotices(db), { cron: '17 3 * * *' });
}
