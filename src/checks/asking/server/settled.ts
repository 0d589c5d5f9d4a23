import { NOTIFY_CHANNEL } from '#src/core/notify/server/fan-out.ts';
import { accompany } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import '../../server/events.ts';

/**
 * Whoever reminds somebody and whoever settles their attempt come one after the other: no
 * reminder is written from what was so before the pass.
 */
export const oneAtATime = (tx: Db, personId: string) =>
	tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`asked ${personId}`}, 0))`);

/**
 * What must be true in the instant an attempt is settled: a pass, or one that waits for a
 * judgement, takes back what was to be said about it, and open pages look again. The task
 * itself is worked out from the attempts, so it has ended with them.
 */
export function wireSettled(): void {
	for (const event of ['check.passed', 'check.in_review', 'check.failed'] as const)
		accompany(event, async (tx, { itemId, personId }) => {
			await oneAtATime(tx, personId);
			if (event !== 'check.failed') await sayNoMore(tx, itemId, personId);
			await tx.execute(
				sql`select pg_notify(${NOTIFY_CHANNEL}, ${`tasks ${personId}`}), pg_notify(${NOTIFY_CHANNEL}, ${`people ${personId}`})`
			);
		});
}

/** Unread notices of it and mails not yet sent go; who got no mail may be reminded of something else this week. */
async function sayNoMore(tx: Db, itemId: string, personId: string): Promise<void> {
	await tx.execute(sql`with gone as (
			delete from notification where person_id = ${personId} and item_id = ${itemId} and kind = 'check.asked'
				and (read_at is null or mailed_at is null) returning mailed_at
		) update asking_told set told_at = null where person_id = ${personId} and item_id = ${itemId}
			and exists (select 1 from gone where mailed_at is null)`);
}
