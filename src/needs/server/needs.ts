import type { Viewer } from '#src/core/access/server/viewer.ts';
import { watch } from '#src/core/items/server/follows.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem } from '#src/core/items/server/write.ts';
import { record } from '#src/core/signals/server/record.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import type { NeedEdit, NewNeed } from '../input.ts';
import { lockNeed, needToWork } from './record.ts';

/**
 * States a problem at work.
 * @returns its id
 * @throws Failure forbidden for people outside the space
 */
export async function stateNeed(db: Db, viewer: Viewer, input: NewNeed): Promise<string> {
	const { submission, who, wanted, figure, ...item } = input;
	return db.transaction((tx) =>
		once(tx, viewer, submission, async () => {
			const id = await createItem(tx, viewer, { kind: 'need', ...item });
			await tx.execute(
				sql`insert into need (item_id, who, wanted, figure) values (${id}, ${who}, ${wanted}, ${figure})`
			);
			await watch(tx, viewer.id, { targetKind: 'item', target: id });
			await record(tx, viewer.id, 'shared', { itemId: id, spaceId: item.spaceId });
			return id;
		})
	);
}

/** Says it better, as a new revision. @throws Failure conflict on a stale edit */
export async function editNeed(db: Db, viewer: Viewer, id: string, edit: NeedEdit): Promise<number> {
	const { who, wanted, figure, ...item } = edit;
	return db.transaction(async (tx) => {
		await lockNeed(tx, viewer, id);
		// Who may is for this room to say: those who work it out.
		const version = await editItem(tx, viewer, id, item, () => true);
		await tx.execute(sql`update need set who = ${who}, wanted = ${wanted}, figure = ${figure} where item_id = ${id}`);
		return version;
	});
}

/** A need as its form begins. @throws Failure not_found or forbidden */
export async function needToEdit(db: Db, viewer: Viewer, id: string) {
	const { title, body_md, tags, version, who, wanted, figure } = await needToWork(db, viewer, id);
	return { id, title, bodyMd: body_md, tags, version, who, wanted, figure };
}
