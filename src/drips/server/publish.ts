import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { createItem, editItem } from '#src/core/items/server/write.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import type { DripEdit } from '../input.ts';
import { wakeFollowers } from './follow.ts';
import { editDrip, lockDrip, tipsToEdit, type DripRecord } from './drafts.ts';

/**
 * Publishes the tips that nobody has seen yet: the series itself, the first time.
 * @returns how many were published now
 * @throws Failure invalid, naming the tips that are too long or not whole; conflict where nothing waits
 */
export async function publishDrip(db: Db, viewer: Viewer, id: string): Promise<number> {
	return db.transaction(async (tx) => {
		const drip = await lockDrip(tx, viewer, id);
		allow(canWriteIn(viewer, { spaceId: drip.space_id }), 'Join the space to publish a series in it.');
		const tips = await tipsToEdit(tx, id);
		const waiting = tips.filter(({ publishedAt }) => !publishedAt);
		if (tips.length === 0) throw invalid({ tips: 'are missing: write one at least' }, 'Write one tip at least.');
		if (waiting.length === 0) throw conflict('All of its tips are published already.');
		const wrong = tips.flatMap(({ title, problems }, at) =>
			problems.length > 0 ? [`Tip ${at + 1}${title ? `, “${title}”` : ''}: ${problems.join(' ')}`] : []
		);
		if (wrong.length > 0) throw invalid({ tips: 'are not all ready' }, wrong.join(' '));
		await tx.execute(sql`update drip_tip set published_at = now()
			where drip_id = ${id} and published_at is null and withdrawn_at is null`);
		for (const tip of waiting) await keepVersion(tx, viewer, tip.id);
		await wakeFollowers(tx, id);
		if (drip.published_at) await publishChange(tx, viewer, drip, `New tips: ${waiting.length}`);
		else await publishFirst(tx, viewer, drip);
		return waiting.length;
	});
}

async function publishFirst(tx: Db, viewer: Viewer, { id, space_id, title, about }: DripRecord): Promise<void> {
	await createItem(tx, viewer, {
		...{ id, kind: 'drip', spaceId: space_id, title, bodyMd: await markdownOf(tx, id, about) }
	});
	await tx.execute(sql`update drip set published_at = now() where id = ${id}`);
	await record(tx, viewer.id, 'shared', { itemId: id, spaceId: space_id });
}

/** Changes the title of a series and what it is about, for its readers too. @returns the new version */
export async function writeDrip(db: Db, viewer: Viewer, id: string, edit: DripEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const drip = await editDrip(tx, viewer, id, edit);
		if (drip.published_at) await publishChange(tx, viewer, drip, '');
		return drip.version;
	});
}

/** The item of a published series says what its tips say now: search, history and exports follow. */
export async function publishChange(
	tx: Db,
	viewer: Viewer,
	{ id, title, about }: Pick<DripRecord, 'id' | 'title' | 'about'>,
	note: string
): Promise<void> {
	const item = await row<{ version: number }>(tx, sql`select version from item where id = ${id} for update`);
	if (!item) return;
	const text = { title, bodyMd: await markdownOf(tx, id, about), note: note.slice(0, 200) };
	// Who may write a series is for the room to say: it is its authors.
	await editItem(tx, viewer, id, { ...text, version: item.version }, () => true);
}

/** A series as one text: what search finds, exports hold, and the history compares. */
async function markdownOf(tx: Db, id: string, about: string): Promise<string> {
	const tips = await rows<{ title: string; body: string }>(
		tx,
		sql`select title, body from drip_tip
			where drip_id = ${id} and published_at is not null and withdrawn_at is null order by position, id`
	);
	return [about, ...tips.map(({ title, body }) => `## ${title.replace(/[\\`*_[\]<>~|#]/g, '\\$&')}\n\n${body}`)]
		.filter(Boolean)
		.join('\n\n');
}

/** Keeps what a published tip says now as a version that never changes. */
export const keepVersion = (tx: Db, viewer: Viewer, tipId: string) =>
	tx.execute(sql`insert into drip_tip_version (tip_id, version, kind, title, body, editor_id)
		select id, version, kind, title, body, ${viewer.id} from drip_tip where id = ${tipId}`);
