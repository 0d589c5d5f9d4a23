import { allow, canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { Draw, PromptStatus } from '../prompt.ts';

/** A prompt as it stands in the database; its seed stays there. */
export interface PromptRecord {
	item_id: string;
	space_id: string;
	author_id: string;
	title: string;
	rule: string;
	/** `2030-03-12`. */
	closes_on: string;
	announces_on: string | null;
	prizes: string[];
	seed_hash: string;
	drawn: Draw | null;
	status: PromptStatus;
	/** The day on which winners are announced has come. */
	due: boolean;
}

export const statusNow = sql`case when v.drawn is not null then 'drawn' when v.closes_on < current_date then 'closed' else 'open' end as status`;

/** @throws Failure not_found, also for what the viewer may not read */
export async function promptOf(db: Db, viewer: Viewer, id: string): Promise<PromptRecord> {
	const found = isId(id)
		? await row<PromptRecord>(
				db,
				sql`select v.item_id, i.space_id, i.author_id, i.title, v.rule, v.closes_on::text, v.announces_on::text, v.prizes,
						v.seed_hash, v.drawn, ${statusNow}, coalesce(v.announces_on <= current_date, false) as due
					from prompt v join item i on i.id = v.item_id where v.item_id = ${id} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!found) throw notFound('There is no such prompt, or it is not open to you.');
	return found;
}

/** The same, locked: who enters, changes or draws it comes one after the other. */
export async function lockPrompt(tx: Db, viewer: Viewer, id: string): Promise<PromptRecord> {
	if (isId(id)) await tx.execute(sql`select from prompt where item_id = ${id} for update`);
	return promptOf(tx, viewer, id);
}

/** A locked prompt that the viewer looks after. @throws Failure forbidden */
export async function promptToCurate(tx: Db, viewer: Viewer, id: string): Promise<PromptRecord> {
	const prompt = await lockPrompt(tx, viewer, id);
	allow(canCurate(viewer, prompt), CURATORS);
	return prompt;
}

export const CURATORS = 'Who wrote this prompt and the stewards of the space look after it.';

export const canCurate = (viewer: Viewer, { space_id, author_id }: Pick<PromptRecord, 'space_id' | 'author_id'>) =>
	canEdit(viewer, { spaceId: space_id, authorId: author_id });

/** @throws Failure conflict unless it takes entries */
export function expectOpen({ status }: Pick<PromptRecord, 'status'>): void {
	if (status !== 'open') throw conflict('This prompt is closed. It takes no more entries.');
}
