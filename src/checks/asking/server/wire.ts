import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { registerAskedNotice, remindDue } from './remind.ts';
import { wireSettled } from './settled.ts';

/** What is asked of people ends when they pass, and is reminded of until then. */
export function wireAsking(db: Db): void {
	wireSettled();
	registerAskedNotice();
	defineJob('check.remind', async () => void (await remindDue(db)), { cron: '*/5 * * * *', retryLimit: 0 });
}
