import { accompany } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { climbDue } from './climb.ts';
import './events.ts';

/** A question counts its answers, knows when the first useful one came, and climbs while there is none. */
export function wireAsk(db: Db): void {
	defineJob('question.climb', async () => void (await climbDue(db)), { cron: '*/5 * * * *' });
	accompany('item.helped', async (tx, { parentId }) => {
		if (!parentId) return;
		await tx.execute(sql`update question set useful_at = coalesce(useful_at, now()) where item_id = ${parentId}`);
	});
	accompany('item.helped_taken_back', async (tx, { parentId }) => {
		if (!parentId) return;
		await tx.execute(sql`update question set useful_at = (
				select min(h.created_at) from helped h join item a on a.id = h.item_id where a.parent_id = ${parentId})
			where item_id = ${parentId} and accepted_answer_id is null`);
	});
	accompany('item.state_changed', async (tx, { itemId, kind }) => {
		if (kind !== 'answer') return;
		await tx.execute(sql`update question q set
				answer_count = (select count(*) from item a where a.parent_id = q.item_id and a.kind = 'answer' and a.state <> 'removed'),
				accepted_answer_id = case when gone.state = 'removed' and q.accepted_answer_id = gone.id then null else q.accepted_answer_id end,
				status = case when gone.state = 'removed' and q.accepted_answer_id = gone.id then 'open' else q.status end
			from item gone where gone.id = ${itemId} and q.item_id = gone.parent_id`);
	});
}
