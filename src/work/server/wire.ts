import { exportsOwn } from '#src/core/export/server/own.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { ownWork } from './own.ts';
import { forgetPrompts } from './prompts.ts';

/** What one keeps of one's own work is one's own to carry away; what closed work asked is forgotten in time. */
export function wireWork(db: Db): void {
	exportsOwn(...ownWork);
	defineJob('work.forget', () => forgetPrompts(db), { cron: '40 * * * *' });
}
