import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { forgetOldKeys } from './idempotency.ts';
import { forgetUse } from './shared-use.ts';

/** Keys of a day ago, and callers who have used nothing for a while, are forgotten every night. */
export function wireApi(db: Db): void {
	defineJob('api.forget-keys', () => forgetOldKeys(db), { cron: '10 3 * * *' });
	defineJob('api.forget-use', () => forgetUse(db), { cron: '15 3 * * *' });
}
