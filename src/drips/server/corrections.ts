import type { Viewer } from '#src/core/access/server/viewer.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { emit, type EventOf } from '#src/core/signals/server/events.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import type { Block } from '#src/platform/server/letter.ts';
import { CHAT } from './chat.ts';
import { tipBlocks } from './letter.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** A tip was wrong, and is right now. */
		'tip.corrected': { itemId: string; tipId: string; correctionId: string; actorId: string };
	}
}

export interface Correction {
	tipId: string;
	dripId: string;
	/** The version that is right. */
	version: number;
	/** The first version that was wrong. */
	since: number;
	/** What was wrong. */
	note: string;
}

/**
 * Says that a tip was wrong and is right now: whoever got a wrong version, in whatever way, is told. Who that is stands
 * fast with the correction itself.
 * @throws Failure invalid where `since` is no earlier version
 */
export async function correctTip(tx: Db, viewer: Viewer, correction: Correction): Promise<void> {
	const { tipId, dripId, version, since, note } = correction;
	if (since >= version) throw invalid({ since: 'must be an earlier version' });
	const id = newId();
	await tx.execute(sql`insert into drip_correction (id, tip_id, version, since, note, by_id)
		values (${id}, ${tipId}, ${version}, ${since}, ${note}, ${viewer.id})`);
	await tx.execute(sql`with had as (
			update drip_receipt set version = ${version}
			where tip_id = ${tipId} and version >= ${since} and version < ${version} returning person_id
		)
		insert into drip_correction_reader (correction_id, person_id) select ${id}, person_id from had`);
	await emit(tx, 'tip.corrected', { itemId: dripId, tipId, correctionId: id, actorId: viewer.id });
}

/** Tells them: as a notification, with the mail they want of those, and in the chat the tip came to. Again does no harm. */
export async function tellCorrection(db: Db, event: EventOf<'tip.corrected'>): Promise<void> {
	const { id: eventId, itemId, tipId, correctionId, actorId } = event;
	const found = await row<{ note: string }>(db, sql`select note from drip_correction where id = ${correctionId}`);
	if (!found) return;
	const at = `/drips/${itemId}/tips/${tipId}?correction=${correctionId}`;
	await notify(
		db,
		{ eventId, kind: 'tip.corrected', itemId, actorId, note: found.note, at },
		sql`select person_id from drip_correction_reader where correction_id = ${correctionId}`
	);
	await db.transaction(async (tx) => {
		const chats = await rows<{ person_id: string }>(
			tx,
			sql`update drip_correction_reader r set chat_at = now() from drip_follow f
				where r.correction_id = ${correctionId} and r.chat_at is null
					and f.person_id = r.person_id and f.drip_id = ${itemId} and f.by_chat returning r.person_id`
		);
		for (const { person_id: personId } of chats) await enqueue(tx, CHAT, { tipId, personId, note: found.note });
	});
}

/** What the mail of a correction says: what was wrong, and the tip as it is right. @param at where it leads */
export async function correctionLetter(db: Db, _itemId: string, at: string): Promise<Block[]> {
	const id = /correction=([0-9a-f-]+)/.exec(at)?.[1] ?? '';
	const found = isId(id)
		? await row<{ note: string; title: string; html: string }>(
				db,
				sql`select c.note, t.title, t.html from drip_correction c join drip_tip t on t.id = c.tip_id where c.id = ${id}`
			)
		: undefined;
	if (!found) return [{ text: 'A tip that you got was wrong. It is right now.' }];
	return [
		{ text: `“${found.title}” was wrong when you got it:` },
		{ quote: found.note },
		{ heading: `As it is right: ${found.title}` },
		...tipBlocks(found.html)
	];
}

/** What was put right in a tip, the newest first. */
export async function correctionsOf(db: Db, tipId: string): Promise<{ at: string; note: string }[]> {
	const found = await rows<{ at: string; note: string }>(
		db,
		sql`select created_at as at, note from drip_correction where tip_id = ${tipId} order by version desc`
	);
	return found.map(({ at, note }) => ({ at: new Date(at).toISOString(), note }));
}
