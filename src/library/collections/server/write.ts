import { allow, canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem, lockItem } from '#src/core/items/server/write.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { record } from '#src/core/signals/server/record.ts';
import { array, row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import type { CollectionEdit, EntryChange, NewCollection, NewEntry, RuleInput } from '../input.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** Something was put into a collection by hand. */
		'collection.added': { collectionId: string; itemId: string; actorId: string };
	}
}

/** More than anybody reads; a rule is better from there on. */
const MOST_ENTRIES = 200;

/**
 * Makes a collection, by hand or by rule.
 * @returns its id
 * @throws Failure invalid for a rule that takes in everything; forbidden outside the space
 */
export async function makeCollection(db: Db, viewer: Viewer, input: NewCollection): Promise<string> {
	const { submission, itemId, chosen, spaceId, title, bodyMd, tags } = input;
	if (chosen === 'rule') expectRule(viewer, input);
	return db.transaction((tx) =>
		once(tx, viewer, submission, async () => {
			const id = await createItem(tx, viewer, { kind: 'collection', spaceId, title, bodyMd, tags });
			await tx.execute(sql`insert into collection (item_id, chosen) values (${id}, ${chosen})`);
			if (chosen === 'rule') await saveRule(tx, id, input);
			else if (itemId) await addEntry(tx, viewer, id, { itemId, note: '' });
			await record(tx, viewer.id, 'shared', { itemId: id, spaceId });
			return id;
		})
	);
}

/** Changes a collection's words and its rule as a new revision. @throws Failure conflict on a stale edit */
export async function editCollection(db: Db, viewer: Viewer, id: string, edit: CollectionEdit): Promise<number> {
	return db.transaction(async (tx) => {
		await lockItem(tx, viewer, id, 'collection');
		const { title, bodyMd, tags, note, version } = edit;
		const next = await editItem(tx, viewer, id, { title, bodyMd, tags, note, version });
		if (await isByRule(tx, id)) {
			expectRule(viewer, edit);
			await saveRule(tx, id, edit);
		}
		return next;
	});
}

function expectRule(viewer: Viewer, { ruleKinds, ruleTags, ruleSpaceId, ruleHelped }: RuleInput): void {
	if (ruleKinds.length === 0 && ruleTags.length === 0 && !ruleSpaceId && ruleHelped === 0)
		throw invalid({ ruleTags: 'or a kind, a space or a number is needed: a rule must leave something out' });
	if (ruleSpaceId && !viewer.readableSpaces.includes(ruleSpaceId)) throw invalid({ ruleSpaceId: 'is not open to you' });
}

async function saveRule(tx: Db, id: string, rule: RuleInput): Promise<void> {
	await tx.execute(sql`update collection set rule_kinds = ${array(rule.ruleKinds, 'text')},
		rule_tags = ${array(rule.ruleTags, 'text')}, rule_space_id = ${rule.ruleSpaceId ?? null},
		rule_helped = ${rule.ruleHelped} where item_id = ${id}`);
}

/**
 * Puts an item at the end; one that is there already keeps its place and takes the new line.
 * @throws Failure invalid for the collection itself and for what stands beneath another; conflict in a collection by rule
 */
export async function addEntry(db: Db, viewer: Viewer, id: string, { itemId, note }: NewEntry): Promise<void> {
	await db.transaction(async (tx) => {
		await lockByHand(tx, viewer, id);
		if (itemId === id) throw invalid({ itemId: 'is the collection itself' });
		const added = await lockItem(tx, viewer, itemId).catch(() => {
			throw invalid({ itemId: 'must be the address of something that is here' });
		});
		if (added.parentId) throw invalid({ itemId: 'must be a page of its own, not an answer or a comment' });
		const made = await row<{ fresh: boolean; size: number }>(
			tx,
			sql`insert into collection_entry (collection_id, item_id, position, note)
				values (${id}, ${itemId}, (select coalesce(max(position), 0) + 1 from collection_entry where collection_id = ${id}), ${note})
				on conflict (collection_id, item_id) do update set note = excluded.note
				returning xmax = 0 as fresh, (select count(*)::int from collection_entry where collection_id = ${id}) as size`
		);
		if (!made?.fresh) return;
		if (made.size >= MOST_ENTRIES) throw invalid({ itemId: 'does not fit: a collection holds 200 things at most' });
		await tx.execute(sql`update item set active_at = now() where id = ${id}`);
		await emit(tx, 'collection.added', { collectionId: id, itemId, actorId: viewer.id });
	});
}

/** Changes the line of an entry, or moves it one place among those the viewer sees. @throws Failure not_found */
export async function changeEntry(
	db: Db,
	viewer: Viewer,
	id: string,
	itemId: string,
	{ note, move }: EntryChange
): Promise<void> {
	await db.transaction(async (tx) => {
		await lockByHand(tx, viewer, id);
		const at = await row<{ position: number }>(
			tx,
			sql`update collection_entry set note = coalesce(${note ?? null}, note)
				where collection_id = ${id} and item_id = ${itemId} returning position`
		);
		if (!at) throw notFound();
		if (move) await swap(tx, viewer, id, itemId, at.position, move);
	});
}

async function swap(tx: Db, viewer: Viewer, id: string, itemId: string, position: number, move: 'up' | 'down') {
	const [beyond, order] = move === 'up' ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`];
	const other = await row<{ item_id: string; position: number }>(
		tx,
		sql`select e.item_id, e.position from collection_entry e join item i on i.id = e.item_id
			where e.collection_id = ${id} and e.position ${beyond} ${position} and i.state = 'open' and ${visibleItems(viewer, 'i')}
			order by e.position ${order} limit 1`
	);
	if (!other) return;
	await tx.execute(sql`update collection_entry
		set position = case item_id when ${itemId}::uuid then ${other.position}::int else ${position}::int end
		where collection_id = ${id} and item_id in (${itemId}, ${other.item_id})`);
}

/** Takes an entry out; without it nothing happens. */
export async function removeEntry(db: Db, viewer: Viewer, id: string, itemId: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockByHand(tx, viewer, id);
		await tx.execute(sql`delete from collection_entry where collection_id = ${id} and item_id = ${itemId}`);
	});
}

async function lockByHand(tx: Db, viewer: Viewer, id: string): Promise<void> {
	const found = await lockItem(tx, viewer, id, 'collection');
	allow(canEdit(viewer, found), 'Its author and the stewards of the space change this collection.');
	if (await isByRule(tx, id)) throw conflict('A rule says what is in this collection; change the rule.', {});
}

const isByRule = async (tx: Db, id: string): Promise<boolean> =>
	Boolean(await row(tx, sql`select 1 from collection where item_id = ${id} and chosen = 'rule'`));
