import { exportsOwn } from '#src/core/export/server/own.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { forgetRemoved } from './change.ts';
import { LOOK } from './keep.ts';
import { lookAtKept } from './look.ts';
import { ownKeeping } from './own.ts';

/** Pages that are kept are read; what was taken away is forgotten in time; the rest is one's own to carry away. */
export function wireKeeping(db: Db): void {
	exportsOwn(...ownKeeping);
	defineJob<{ keptId: string }>(LOOK, ({ keptId }) => lookAtKept(db, keptId), { atOnce: 5, retryLimit: 1 });
	defineJob('keeping.forget', () => forgetRemoved(db), { cron: '20 4 * * *' });
}
