import { NOTIFY_CHANNEL } from '#src/core/notify/server/fan-out.ts';
import { accompany, type Events } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import '../../server/events.ts';

/**
 * Whoever reminds somebody and whoever settles their attempt come one after the other: no
 * reminder is written from what was so before the pass.
 */
export const oneAtATime = (tx: Db, personId: string) =>
	tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`asked ${personId}`}, 0))`);

type Settled = Events['check.passed'];

/**
 * What must be true in the instant an attempt is settled: a pass, or one that waits for a
 * judgement, takes back what was to be said about it, and open pages look again. The task
 * itself is worked out from the attempts, so it has ended with them.
 */
export function wireSettled(): void {
	for (const event of ['check.passed', 'check.in_review', 'check.failed'] as const)
		accompany(event, async (tx, settled) => {
			const { itemId, personId } = settled;
			await oneAtATime(tx, personId);
			if (event !== 'check.failed') await sayNoMore(tx, itemId, personId);
			await tellOpenPages(tx, settled);
		});
}

/** Pages look again: the person's own, those of who looks after those asked, and of who is to look at what was shown. */
const tellOpenPages = (tx: Db, { attemptId, itemId, personId }: Settled) =>
	tx.execute(sql`with told as (
			select ${personId}::uuid as id
			union select asked_by from asking where item_id = ${itemId} and ended_at is null
			union select m.person_id from asking a join space_member m on m.space_id = a.space_id and m.role = 'steward'
				where a.item_id = ${itemId} and a.ended_at is null
			union select (v.content ->> 'reviewerId')::uuid from attempt_question q
				join bank_question_version v on v.question_id = q.question_id and v.version = q.version
				where q.attempt_id = ${attemptId} and v.content ->> 'type' = 'show'
		)
		select pg_notify(${NOTIFY_CHANNEL}, 'tasks ' || (select string_agg(id::text, ' ') from (select id from told limit 200) t)),
			pg_notify(${NOTIFY_CHANNEL}, ${`people ${personId}`})`);

/** Unread notices of it and mails not yet sent go; who got no mail may be reminded of something else this week. */
async function sayNoMore(tx: Db, itemId: string, personId: string): Promise<void> {
	await tx.execute(sql`with gone as (
			delete from notification where person_id = ${personId} and item_id = ${itemId} and kind = 'check.asked'
				and (read_at is null or mailed_at is null) returning mailed_at
		) update asking_told set told_at = null where person_id = ${personId} and item_id = ${itemId}
			and exists (select 1 from gone where mailed_at is null)`);
}
