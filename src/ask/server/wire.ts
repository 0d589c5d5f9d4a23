import { accompany } from '#src/core/signals/server/events.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { climbDue } from './climb.ts';
import { refreshStandingOf } from './standing.ts';
import { reckonAllWaits } from './waits.ts';
import './events.ts';

/** A question counts its answers, knows when the first useful one came, and climbs while there is none. */
export function wireAsk(db: Db): void {
	defineJob('question.climb', async () => void (await climbDue(db)), { cron: '*/5 * * * *' });
	defineJob('question.waits', () => reckonAllWaits(db), { cron: '*/10 * * * *' });
	accompany('item.helped', (tx, { itemId }) => refreshStandingOf(tx, itemId));
	accompany('item.helped_taken_back', (tx, { itemId }) => refreshStandingOf(tx, itemId));
	accompany('item.state_changed', (tx, { itemId }) => refreshStandingOf(tx, itemId));
}
