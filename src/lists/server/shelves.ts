import { allow, canEdit, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { Shelf } from '../list.ts';

/** A shelf as queries bring it: `sh`, with the person `sp` or the space `ss` it belongs to. */
export interface ShelfColumns {
	shelf_id: string;
	shelf_name: string;
	person_id: string | null;
	shelf_space_id: string | null;
}

export const shelfColumns = sql`sh.id as shelf_id, coalesce(ss.name, sp.name) as shelf_name, sh.person_id,
	sh.space_id as shelf_space_id`;

/** Joins the shelf of a row that names it, such as `l.shelf_id`. */
export const shelfTables = sql`reading_shelf sh left join person sp on sp.id = sh.person_id left join space ss on ss.id = sh.space_id`;

export const presentShelf = ({ shelf_id, shelf_name, person_id, shelf_space_id }: ShelfColumns): Shelf => ({
	...{ id: shelf_id, name: shelf_name, of: person_id ? 'person' : 'space', spaceId: shelf_space_id }
});

/** What a person collects is their own; what a space collects, its readers see. */
export const readableShelf = (viewer: Viewer) =>
	sql`(sh.person_id = ${viewer.id} or sh.space_id = any(${array(viewer.readableSpaces, 'uuid')}))`;

/** The viewer's own shelf, or a space's: made when it is first used. */
export async function shelfFor(tx: Db, viewer: Viewer, spaceId?: string): Promise<string> {
	if (spaceId) allow(canWriteIn(viewer, { spaceId }), 'Join the space to collect for it.');
	const [column, value] = spaceId ? [sql`space_id`, spaceId] : [sql`person_id`, viewer.id];
	await tx.execute(sql`insert into reading_shelf (id, ${column}) values (${newId()}, ${value}) on conflict do nothing`);
	const found = await row<{ id: string }>(tx, sql`select id from reading_shelf where ${column} = ${value}`);
	return found!.id;
}

/** The shelves the viewer may look at that hold something, and their own, which comes first. */
export async function myShelves(db: Db, viewer: Viewer): Promise<Shelf[]> {
	const found = await rows<ShelfColumns>(
		db,
		sql`select ${shelfColumns} from ${shelfTables}
			where sh.person_id = ${viewer.id} or sh.space_id = any(${array([...viewer.memberships.keys()], 'uuid')})
			order by sh.person_id is null, shelf_name`
	);
	return found.map(presentShelf);
}

/** One shelf the viewer may look at. @throws Failure not_found */
export async function readShelf(db: Db, viewer: Viewer, id: string): Promise<Shelf> {
	const found = await row<ShelfColumns>(
		db,
		sql`select ${shelfColumns} from ${shelfTables} where sh.id = ${id} and ${readableShelf(viewer)}`
	);
	if (!found) throw notFound('This list of finds does not exist, or is not open to you.');
	return presentShelf(found);
}

/** Who writes a list: its person; of a space's list, who began it and the stewards. */
export function canCurate(
	viewer: Viewer,
	list: { personId: string | null; shelfSpaceId: string | null; begunBy: string }
): boolean {
	if (list.personId) return list.personId === viewer.id;
	return canEdit(viewer, { authorId: list.begunBy, spaceId: list.shelfSpaceId! });
}

/** Who puts a find right: who found it; in a space, its stewards too. */
export function canEditFind(
	viewer: Viewer,
	find: { personId: string | null; shelfSpaceId: string | null; foundBy: string }
): boolean {
	if (find.personId) return find.personId === viewer.id;
	return canEdit(viewer, { authorId: find.foundBy, spaceId: find.shelfSpaceId! });
}
