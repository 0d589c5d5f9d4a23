import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { sweepHosts } from '#src/platform/server/polite.ts';

/** Hosts that were visited are forgotten after a day. */
export function wireWeb(db: Db): void {
	defineJob('web.forget-hosts', () => sweepHosts(db), { cron: '25 * * * *', retryLimit: 0 });
}
