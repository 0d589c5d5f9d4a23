import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem } from '#src/core/items/server/write.ts';
import { record } from '#src/core/signals/server/record.ts';
import { toArrayLiteral, row, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { newSeed } from '#src/platform/server/lots.ts';
import type { NewPrompt, PromptEdit } from '../input.ts';
import { canCurate, CURATORS, promptOf, promptToCurate, type PromptRecord } from './record.ts';

/**
 * Asks something of all in a space. The seed of its draw is made now and only its hash is shown.
 * @returns its id
 * @throws Failure forbidden for people outside the space; invalid for a last day that has passed
 */
export async function makePrompt(db: Db, viewer: Viewer, input: NewPrompt): Promise<string> {
	return db.transaction((tx) =>
		once(tx, viewer, input.submission, async () => {
			await expectAhead(tx, input.closesOn);
			const { spaceId, title, bodyMd, tags, rule, closesOn, announcesOn, prizes } = input;
			const id = await createItem(tx, viewer, { kind: 'prompt', spaceId, title, bodyMd, tags });
			const { seed, seedHash } = newSeed();
			await tx.execute(sql`insert into prompt (item_id, rule, closes_on, announces_on, prizes, seed_hash)
				values (${id}, ${rule}, ${closesOn}::date, ${announcesOn ?? null}::date, ${toArrayLiteral(prizes)}::text[],
					${seedHash})`);
			await tx.execute(sql`insert into prompt_seed (prompt_id, seed) values (${id}, ${seed})`);
			await record(tx, viewer.id, 'shared', { itemId: id, spaceId });
			return id;
		})
	);
}

async function expectAhead(tx: Db, closesOn: string): Promise<void> {
	const over = await row(tx, sql`select 1 where ${closesOn}::date < current_date`);
	if (over) throw invalid({ closesOn: 'has passed already' });
}

/**
 * Changes a prompt. Its words at any time; its rule, dates and prizes until somebody has entered.
 * @returns the new version
 * @throws Failure conflict with `current` on a stale edit; invalid for what may not change any more
 */
export async function editPrompt(db: Db, viewer: Viewer, id: string, edit: PromptEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const prompt = await promptToCurate(tx, viewer, id);
		await expectChangeable(tx, prompt, edit);
		const { title, bodyMd, tags, note, version: seen, rule, closesOn, announcesOn = null, prizes } = edit;
		const version = await editItem(tx, viewer, id, { title, bodyMd, tags, note, version: seen });
		await tx.execute(sql`update prompt set rule = ${rule}, closes_on = ${closesOn}::date, announces_on = ${announcesOn}::date,
			prizes = ${toArrayLiteral(prizes)}::text[] where item_id = ${id}`);
		return version;
	});
}

async function expectChangeable(tx: Db, prompt: PromptRecord, edit: PromptEdit): Promise<void> {
	if (edit.closesOn !== prompt.closes_on) await expectAhead(tx, edit.closesOn);
	const entered = await row(tx, sql`select from prompt_entry where prompt_id = ${prompt.item_id}`);
	if (!entered && prompt.status === 'open') return;
	const stays = 'stays as it is: people have entered by it';
	if (edit.rule !== prompt.rule) throw invalid({ rule: stays });
	if (edit.closesOn !== prompt.closes_on) throw invalid({ closesOn: stays });
	if ((edit.announcesOn ?? null) !== prompt.announces_on) throw invalid({ announcesOn: stays });
	if (edit.prizes.join('\n') !== prompt.prizes.join('\n')) throw invalid({ prizes: stays });
}

/** What the form that changes a prompt begins with. */
export interface PromptToEdit {
	id: string;
	spaceId: string;
	title: string;
	bodyMd: string;
	tags: string[];
	version: number;
	rule: string;
	closesOn: string;
	announcesOn: string | null;
	prizes: string[];
}

/** @throws Failure not_found or forbidden */
export async function promptToEdit(db: Db, viewer: Viewer, id: string): Promise<PromptToEdit> {
	const prompt = await promptOf(db, viewer, id);
	allow(canCurate(viewer, prompt), CURATORS);
	const words = (await row<Pick<PromptToEdit, 'bodyMd' | 'tags' | 'version'>>(
		db,
		sql`select body_md as "bodyMd", tags, version from item where id = ${id}`
	))!;
	const { space_id, title, rule, closes_on, announces_on, prizes } = prompt;
	return { ...words, id, spaceId: space_id, title, rule, prizes, closesOn: closes_on, announcesOn: announces_on };
}
