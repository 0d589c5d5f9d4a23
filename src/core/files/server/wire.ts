import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { sweepContents, sweepFiles } from './sweep.ts';
import { sweepUploads } from './uploads.ts';

/** Every night, uploads that nothing uses leave; on Sundays, contents that no upload has. */
export function wireFiles(db: Db): void {
	defineJob('files.sweep', async () => void (await sweepFiles(db)), { cron: '20 3 * * *' });
	defineJob('files.sweep-uploads', async () => void (await sweepUploads(db)), { cron: '40 * * * *' });
	defineJob('files.sweep-contents', async () => void (await sweepContents(db)), { cron: '50 3 * * 0' });
}
