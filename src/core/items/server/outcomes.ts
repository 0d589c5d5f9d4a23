import { allow, canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import type { OutcomeText } from '../actions-input.ts';
import { isMasked } from './masked.ts';
import { changeState, createItem, editItem, lockItem, type ItemRow } from './write.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** `masked`: the actor stands behind an anonymous item here and is never named. */
		'item.closed': { itemId: string; outcomeId: string; actorId: string; masked: boolean };
	}
}

/**
 * Closes a thread with what it came to, or says it better: a few lines that stand above all else.
 * Who wrote the item, and stewards, may. Comments stay possible.
 * @param may who may: for kinds whose keeper is not their author alone
 * @returns the outcome's id
 */
export async function closeWith(
	db: Db,
	viewer: Viewer,
	itemId: string,
	{ bodyMd }: OutcomeText,
	may: (viewer: Viewer, item: ItemRow) => boolean = canEdit
): Promise<string> {
	return db.transaction(async (tx) => {
		const about = await lockItem(tx, viewer, itemId);
		allow(may(viewer, about), 'Who began the thread, or a steward, closes it.');
		if (about.parentId) throw invalid({ bodyMd: 'belongs to the thread itself' });
		const there = await row<{ id: string; version: number }>(tx, outcomeOf(itemId));
		if (there) {
			await editItem(tx, viewer, there.id, { bodyMd, version: there.version }, () => true);
			return there.id;
		}
		const masked = await isMasked(tx, viewer, itemId);
		const outcomeId = await createItem(tx, viewer, {
			...{ kind: 'outcome', spaceId: about.spaceId, parentId: itemId, bodyMd, anonymous: masked }
		});
		await emit(tx, 'item.closed', { itemId, outcomeId, actorId: viewer.id, masked });
		return outcomeId;
	});
}

/** Opens a thread again; its outcome stays in its history. */
export async function reopen(db: Db, viewer: Viewer, itemId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const about = await lockItem(tx, viewer, itemId);
		allow(canEdit(viewer, about), 'Who began the thread, or a steward, opens it again.');
		const there = await row<{ id: string }>(tx, outcomeOf(itemId));
		if (!there) throw notFound();
		await changeState(tx, viewer, there.id, 'removed');
	});
}

const outcomeOf = (itemId: string) =>
	sql`select id, version from item where parent_id = ${itemId} and kind = 'outcome' and state <> 'removed'`;
