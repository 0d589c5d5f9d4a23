import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { dealWithLeft, dealWithMail, forgetOldMail, type Takers } from './deal.ts';
import { MAIL_IN_QUEUE } from './keep.ts';

/** The jobs that deal with mail that came in. */
export function wireMailIn(db: Db, takers: Takers): void {
	defineJob(MAIL_IN_QUEUE, ({ id }: { id: string }) => dealWithMail(db, takers, id), {
		batch: 5,
		atOnce: 2,
		expireInSeconds: 600
	});
	defineJob('mail-in.left', () => dealWithLeft(db), { cron: '*/10 * * * *', retryLimit: 0 });
	defineJob('mail-in.forget', () => forgetOldMail(db), { cron: '41 3 * * *' });
}
