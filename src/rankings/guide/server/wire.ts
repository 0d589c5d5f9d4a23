import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { endDueAccess } from './access.ts';
import { MAKE, makeEdition } from './editions.ts';

/** Editions are made beside the pages, and times of access end by themselves. */
export function wireGuide(db: Db): void {
	defineJob<{ editionId: string }>(MAKE, ({ editionId }) => makeEdition(db, editionId), { retryLimit: 2 });
	defineJob('rankings.guide-access', () => endDueAccess(db), { cron: '5 0 * * *' });
}
