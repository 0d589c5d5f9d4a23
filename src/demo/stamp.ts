import { array, sql, type Db } from '#src/platform/server/db.ts';
import { EVENT_QUEUE } from '#src/core/signals/server/events.ts';

/** Where commands write the time, by what ties a row to an item. */
const TIMES: [table: string, key: string, columns: string[]][] = [
	['item', 'id', ['created_at', 'updated_at', 'active_at']],
	['revision', 'item_id', ['created_at']],
	['question', 'item_id', ['useful_at', 'climb_at', 'climb_since']],
	['helped', 'item_id', ['created_at']],
	['flag', 'item_id', ['created_at']],
	['item_link', 'from_id', ['created_at']],
	['link', 'item_id', ['looked_at', 'seen_at', 'lost_at']],
	['link_snapshot', 'item_id', ['taken_at']],
	['link_check', 'item_id', ['made_at']],
	['check_attempt', 'item_id', ['started_at', 'submitted_at', 'settled_at']],
	['reading_list', 'id', ['published_at', 'created_at']],
	['reading_edition', 'list_id', ['published_at']],
	['reading_reader', 'list_id', ['read_at', 'asked_at', 'answered_at']],
	['need_conclusion', 'need_id', ['concluded_at']],
	['need_evidence', 'need_id', ['added_at']],
	['need_pulse', 'need_id', ['closed_at']],
	['kept', 'item_id', ['created_at', 'looked_at']],
	['drip', 'id', ['published_at', 'created_at']],
	['drip_tip', 'drip_id', ['published_at']],
	['drip_receipt', '(select t.drip_id from drip_tip t where t.id = tip_id)', ['at', 'done_at']],
	['drip_correction', '(select t.drip_id from drip_tip t where t.id = tip_id)', ['created_at']],
	['drip_follow', 'drip_id', ['created_at']],
	['nomination', 'ranking_id', ['created_at']],
	[
		'ranked_merge',
		'(select n.ranking_id from nomination n where n.tool_id = ranked_merge.tool_id limit 1)',
		['merged_at']
	],
	['prompt', 'item_id', ['drawn_at']],
	['rollout_departure', 'rollout_id', ['created_at']],
	['prompt_entry', 'prompt_id', ['created_at', 'updated_at']],
	['guide_edition', 'ranking_id', ['issued_at']],
	['ranking_release', 'ranking_id', ['released_at']],
	['signal', 'item_id', ['at']]
];

/**
 * Gives what a step has just written the time at which it is said to have happened. All of
 * the example is one transaction, in which `now()` stands still: what carries that time is new.
 */
export async function stamp(tx: Db, at: Date, itemIds: string[]): Promise<void> {
	const ids = array(itemIds, 'uuid');
	const moment = at.toISOString();
	for (const [table, key, columns] of TIMES) {
		const set = columns.map((column) => `${column} = case when ${column} = now() then $at else ${column} end`);
		const [before, ...parts] = set.join(', ').split('$at');
		const values = parts.reduce((query, part) => sql`${query}${moment}::timestamptz${sql.raw(part)}`, sql.raw(before!));
		const any = columns.map((column) => `${column} = now()`).join(' or ');
		await tx.execute(
			sql`update ${sql.raw(table)} set ${values} where ${sql.raw(key)} = any(${ids}) and (${sql.raw(any)})`
		);
	}
	const targets = array(itemIds, 'text');
	await tx.execute(sql`update follow set created_at = ${moment}::timestamptz
		where target_kind = 'item' and target = any(${targets}) and created_at = now()`);
}

/** How long a question climbs by itself before it rests with the stewards. */
const CLIMBING = 5 * 86_400_000;

/**
 * Nobody is notified of what happened weeks ago: the events of the example are taken back
 * before anybody sees them, and questions that are older than their climb rest at its top.
 */
export async function settle(tx: Db, cast: Map<string, string>, now: Date): Promise<void> {
	const ids = array([...cast.values()], 'uuid');
	await tx.execute(sql`update question set climb_step = 3, climb_at = null
		from item where item.id = item_id and author_id = any(${ids}) and created_at < ${new Date(now.getTime() - CLIMBING).toISOString()}::timestamptz`);
	await tx.execute(
		sql`delete from pgboss.job where name = ${EVENT_QUEUE} and (data ->> 'actorId' = any(${array([...cast.values()], 'text')})
			or data ->> 'itemId' in (select id::text from item where author_id = any(${ids})))`
	);
}
