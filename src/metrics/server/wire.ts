import { defineJob } from '#src/platform/server/jobs.ts';
import type { Db } from '#src/platform/server/db.ts';
import { forgetDeliveries } from './sources/hook.ts';

/** Values that are due are pulled each minute. What pulls is loaded when it is first used. */
export function wireMetrics(db: Db): void {
	defineJob(
		'metrics.pull',
		async () => {
			const { pullDue } = await import('./sources/pull.ts');
			await pullDue(db);
		},
		{ cron: '* * * * *', retryLimit: 0, batch: 1, expireInSeconds: 600 }
	);
	defineJob('metrics.forget', () => forgetDeliveries(db), { cron: '50 3 * * *' });
}
