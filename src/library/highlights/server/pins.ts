import { allow, canRead, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import type { ItemRow } from '#src/core/items/post.ts';
import { lineColumns, lineTables, presentLine, type LineRow } from '#src/core/items/server/list.ts';
import { spaceById } from '#src/core/spaces/server/read.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';

/** More would be a list like the one below it. */
const MOST_PINS = 5;

/** What is pinned in a space, the newest first, as far as the viewer may read it. */
export async function pinsOf(db: Db, viewer: Viewer, spaceId: string): Promise<ItemRow[]> {
	if (!canRead(viewer, { spaceId })) return [];
	const found = await rows<LineRow>(
		db,
		sql`select ${lineColumns} from ${lineTables} join space_pin pin on pin.item_id = i.id
			where pin.space_id = ${spaceId} and i.state = 'open' and ${visibleItems(viewer, 'i')}
			order by pin.created_at desc, i.id`
	);
	return found.map((line) => presentLine(viewer, line));
}

/**
 * Shows an item at the top of a space; for its stewards. Again changes nothing.
 * @throws Failure invalid for a sixth one, and for what has no page of its own
 */
export async function pinItem(db: Db, viewer: Viewer, spaceId: string, itemId: string): Promise<void> {
	await db.transaction(async (tx) => {
		await expectSteward(tx, viewer, spaceId);
		await tx.execute(sql`select 1 from space where id = ${spaceId} for update`);
		const item = await row<{ parent_id: string | null }>(
			tx,
			sql`select i.parent_id from item i where i.id = ${itemId} and i.state = 'open' and ${visibleItems(viewer, 'i')}`
		);
		if (!item) throw invalid({ itemId: 'must be the address of something that is here' });
		if (item.parent_id) throw invalid({ itemId: 'must be a page of its own, not an answer or a comment' });
		await tx.execute(sql`insert into space_pin (space_id, item_id, pinned_by)
			values (${spaceId}, ${itemId}, ${viewer.id}) on conflict do nothing`);
		// What was archived or removed meanwhile takes no place.
		const held = await row<{ pins: number }>(
			tx,
			sql`select count(*)::int as pins from space_pin pin join item i on i.id = pin.item_id
				where pin.space_id = ${spaceId} and i.state = 'open'`
		);
		if (held!.pins > MOST_PINS) throw invalid({ itemId: 'does not fit: five are pinned already, take one down first' });
	});
}

/** Takes a pin down; without one nothing happens. */
export async function unpinItem(db: Db, viewer: Viewer, spaceId: string, itemId: string): Promise<void> {
	await expectSteward(db, viewer, spaceId);
	await db.execute(sql`delete from space_pin where space_id = ${spaceId} and item_id = ${itemId}`);
}

async function expectSteward(db: Db, viewer: Viewer, spaceId: string): Promise<void> {
	await spaceById(db, viewer, spaceId);
	allow(isSteward(viewer, spaceId) && !viewer.archivedSpaces.has(spaceId), 'Only stewards pin things in a space.');
}
