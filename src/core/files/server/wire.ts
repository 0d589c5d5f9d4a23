import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { sweepFiles } from './sweep.ts';

/** Every night at twenty past three, the uploads that nothing uses leave. */
export function wireFiles(db: Db): void {
	defineJob('files.sweep', async () => void (await sweepFiles(db)), { cron: '20 3 * * *' });
}
