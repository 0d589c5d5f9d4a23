import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { DUE } from './bring.ts';
import { wireLinkNotices } from './notices.ts';
import { queueDue, refreshLinks } from './refresh.ts';
import { LOOK } from './share.ts';

/** Pages under way at once, each of another host: a hundred slow ones of one host end before the jobs expire. */
const IN_FLIGHT = 20;

/** Links are looked at when they are shared and then as their pages deserve. */
export function wireWebLinks(db: Db): void {
	defineJob<{ itemIds: string[] }>(LOOK, ({ itemIds }) => refreshLinks(db, itemIds), {
		...{ batch: 5 * IN_FLIGHT, atOnce: IN_FLIGHT, retryLimit: 2, expireInSeconds: 1800 }
	});
	defineJob(DUE, async () => void (await queueDue(db)), { cron: '*/10 * * * *', retryLimit: 0 });
	wireLinkNotices(db);
}
