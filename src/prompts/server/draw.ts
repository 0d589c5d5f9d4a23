import type { Viewer } from '#src/core/access/server/viewer.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { drawFrom } from '../draw.ts';
import { promptToCurate, type PromptRecord } from './record.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** Winners of a prompt were drawn. */
		'prompt.drawn': { itemId: string };
	}
}

/** Draws the winners, once, and shows the seed. @throws Failure conflict before the day, or without prizes */
export async function drawWinners(db: Db, viewer: Viewer, promptId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const prompt = await promptToCurate(tx, viewer, promptId);
		if (prompt.drawn) return;
		if (prompt.prizes.length === 0) throw conflict('There is nothing to win.');
		if (!prompt.due) throw conflict(`Winners are drawn on ${prompt.announces_on}, not before.`);
		await drawNow(tx, prompt);
	});
}

/** Draws all that are due: the daily job. One that cannot be drawn holds up none of the others. */
export async function drawDue(db: Db): Promise<void> {
	const due = await rows<{ id: string }>(
		db,
		sql`select v.item_id as id from prompt v join item i on i.id = v.item_id
			where v.drawn is null and cardinality(v.prizes) > 0 and v.announces_on <= current_date and i.state = 'open'
			order by v.announces_on limit 100`
	);
	const ended = await Promise.allSettled(due.map(({ id }) => db.transaction((tx) => drawOne(tx, id))));
	const failed = ended.find(({ status }) => status === 'rejected');
	if (failed) throw (failed as PromiseRejectedResult).reason;
}

/** Draws one unless it was drawn meanwhile. */
async function drawOne(tx: Db, id: string): Promise<void> {
	const found = await row<Pick<PromptRecord, 'item_id' | 'prizes'>>(
		tx,
		sql`select item_id, prizes from prompt where item_id = ${id} and drawn is null for update`
	);
	if (found) await drawNow(tx, found);
}

async function drawNow(tx: Db, { item_id, prizes }: Pick<PromptRecord, 'item_id' | 'prizes'>): Promise<void> {
	const { seed } = (await row<{ seed: string }>(tx, sql`select seed from prompt_seed where prompt_id = ${item_id}`))!;
	const entries = await rows<{ id: string }>(
		tx,
		sql`select id from prompt_entry where prompt_id = ${item_id} and aside is null order by id`
	);
	const drawn = drawFrom(
		seed,
		entries.map(({ id }) => id),
		prizes
	);
	await tx.execute(
		sql`update prompt set drawn = ${JSON.stringify(drawn)}::text::jsonb, drawn_at = now() where item_id = ${item_id}`
	);
	await emit(tx, 'prompt.drawn', { itemId: item_id });
}
