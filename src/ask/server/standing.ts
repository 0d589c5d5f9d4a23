import { eq } from 'drizzle-orm';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { question } from './schema.ts';
import { reckonWaits } from './waits.ts';

/**
 * Brings a question's status, count and time of the first useful answer in line with its
 * answers; call it after any change to them. The lock is taken by a statement of its own:
 * only the next one sees what the transaction before it wrote.
 *
 * Useful is an answer that was accepted or helped somebody, from the moment it stood there.
 */
export async function refreshStanding(tx: Db, questionId: string): Promise<void> {
	await tx.select({ id: question.itemId }).from(question).where(eq(question.itemId, questionId)).for('update');
	await tx.execute(sql`
		with answer as (
			select a.id, a.created_at, a.helped_count from item a
			where a.parent_id = ${questionId} and a.kind = 'answer' and a.state <> 'removed'
		), standing as (
			select count(a.id) as answers, (array_agg(a.id) filter (where a.id = q.accepted_answer_id))[1] as accepted,
				min(a.created_at) filter (where a.helped_count > 0 or a.id = q.accepted_answer_id) as useful_at
			from question q left join answer a on true where q.item_id = ${questionId}
		)
		update question set
			answer_count = s.answers, accepted_answer_id = s.accepted, useful_at = s.useful_at,
			status = case
				when duplicate_of is not null then 'duplicate'
				when s.accepted is not null then 'answered'
				when status = 'needs_info' then status
				else 'open'
			end,
			climb_at = case when s.answers = 0 and climb_step < 3 then coalesce(climb_at, now()) else climb_at end
		from standing s where item_id = ${questionId}`);
	await reckonWaits(tx, questionId);
}

/** The same for the question that an item answers, if it does. */
export async function refreshStandingOf(tx: Db, answerId: string): Promise<void> {
	const asked = await row<{ id: string }>(
		tx,
		sql`select parent_id as id from item where id = ${answerId} and kind = 'answer' and parent_id is not null`
	);
	if (asked) await refreshStanding(tx, asked.id);
}
