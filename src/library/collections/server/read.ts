import { canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { lineColumns, lineTables, presentLine, type LineRow } from '#src/core/items/server/list.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { itemToEdit } from '#src/core/items/server/write.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { isId } from '#src/platform/server/ids.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { CollectionChoice, CollectionView, Entry, Rule } from '../collection.ts';

/** A collection with what is in it for the viewer. @throws Failure not_found */
export async function readCollection(db: Db, viewer: Viewer, id: string): Promise<CollectionView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'collection');
	const rule = await ruleOf(db, viewer, id);
	return { ...item, rule, entries: rule ? await fitting(db, viewer, id, rule) : await chosen(db, viewer, id) };
}

/** A collection as its editor starts from it. @throws Failure not_found or forbidden */
export async function collectionToEdit(db: Db, viewer: Viewer, id: string) {
	const item = await itemToEdit(db, viewer, id, 'collection');
	return { ...item, rule: await ruleOf(db, viewer, id) };
}

interface RuleRow {
	chosen: 'hand' | 'rule';
	rule_kinds: string[];
	rule_tags: string[];
	rule_space_id: string | null;
	rule_helped: number;
	slug: string | null;
	name: string | null;
}

async function ruleOf(db: Db, viewer: Viewer, id: string): Promise<Rule | null> {
	const found = await row<RuleRow>(
		db,
		sql`select c.*, s.slug, s.name from collection c
			left join space s on s.id = c.rule_space_id and s.id = any(${array(viewer.readableSpaces, 'uuid')})
			where c.item_id = ${id}`
	);
	if (found?.chosen !== 'rule') return null;
	const space = found.slug ? { slug: found.slug, name: found.name! } : null;
	const { rule_kinds: kinds, rule_tags: tags, rule_space_id: spaceId, rule_helped: helped } = found;
	return { kinds, tags, spaceId, space, helped };
}

async function chosen(db: Db, viewer: Viewer, id: string): Promise<Entry[]> {
	const found = await rows<LineRow & { note: string }>(
		db,
		sql`select ${lineColumns}, e.note from ${lineTables} join collection_entry e on e.item_id = i.id
			where e.collection_id = ${id} and i.state = 'open' and ${visibleItems(viewer, 'i')} order by e.position`
	);
	return found.map((line) => ({ ...presentLine(viewer, line), note: line.note }));
}

/** What helped most comes first; a hundred at most. */
async function fitting(db: Db, viewer: Viewer, id: string, { kinds, tags, spaceId, helped }: Rule): Promise<Entry[]> {
	const found = await rows<LineRow>(
		db,
		sql`select ${lineColumns} from ${lineTables}
			where i.parent_id is null and i.state = 'open' and ${visibleItems(viewer, 'i')} and i.id <> ${id}
				and ${kinds.length ? sql`i.kind = any(${array(kinds, 'text')})` : sql`true`}
				and ${tags.length ? sql`i.tags @> ${array(tags, 'text')}` : sql`true`}
				and ${spaceId ? sql`i.space_id = ${spaceId}` : sql`true`}
				and ${helped > 0 ? sql`i.helped_count >= ${helped}` : sql`true`}
			order by i.helped_count desc, i.active_at desc, i.id limit 100`
	);
	return found.map((line) => ({ ...presentLine(viewer, line), note: '' }));
}

/**
 * An item and the collections by hand the viewer may put it into, the liveliest first.
 * @throws Failure not_found for an item the viewer may not read
 */
export async function choicesFor(
	db: Db,
	viewer: Viewer,
	itemId: string
): Promise<{ item: { id: string; title: string }; collections: CollectionChoice[] }> {
	const item = isId(itemId)
		? await row<{ id: string; title: string }>(
				db,
				sql`select i.id, i.title from item i where i.id = ${itemId} and i.parent_id is null and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!item) throw notFound('This does not exist, or is not open to you.');
	const found = await rows<CollectionChoice & { spaceId: string; authorId: string }>(
		db,
		sql`select i.id, i.title, s.name as space, i.space_id as "spaceId", i.author_id as "authorId",
				exists (select 1 from collection_entry e where e.collection_id = i.id and e.item_id = ${itemId}) as holds
			from collection c join item i on i.id = c.item_id join space s on s.id = i.space_id
			where c.chosen = 'hand' and i.state = 'open' and i.id <> ${itemId} and ${visibleItems(viewer, 'i')}
				and (i.author_id = ${viewer.id} or i.space_id = any(${array(stewarded(viewer), 'uuid')}))
			order by i.active_at desc limit 50`
	);
	const collections = found
		.filter((one) => canEdit(viewer, one))
		.map(({ id, title, space, holds }) => ({ id, title, space, holds }));
	return { item, collections };
}

const stewarded = (viewer: Viewer) =>
	[...viewer.memberships].filter(([, role]) => role === 'steward').map(([spaceId]) => spaceId);
