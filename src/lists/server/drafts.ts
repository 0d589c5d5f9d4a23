import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import type { ListEdit, NewList } from '../input.ts';
import { monthInWords, type DraftRow, type ListDraft, type PickView } from '../list.ts';
import { oddDates } from '../odd.ts';
import { contentOf, lastEdition, sameWork } from './content.ts';
import { findColumns, presentFind, type FindRow } from './finds.ts';
import { canCurate, presentShelf, shelfColumns, shelfFor, shelfTables, type ShelfColumns } from './shelves.ts';

/** A list as the database has it. */
export interface ListRecord extends ShelfColumns {
	id: string;
	space_id: string;
	begun_by: string;
	month: string;
	title: string;
	opening: string;
	closing: string;
	wanted: number;
	version: number;
	published_at: string | null;
}

/**
 * Begins the list of a month; where there is one already, that is it.
 * @returns its id
 * @throws Failure forbidden where the viewer does not write; conflict where somebody else writes the space's
 */
export async function beginList(db: Db, viewer: Viewer, { month, of, spaceId }: NewList): Promise<string> {
	return db.transaction(async (tx) => {
		allow(canWriteIn(viewer, { spaceId }), 'Join the space to publish a list in it.');
		const shelf = await shelfFor(tx, viewer, of === 'space' ? spaceId : undefined);
		await tx.execute(sql`insert into reading_list (id, shelf_id, space_id, begun_by, month, title)
			values (${newId()}, ${shelf}, ${spaceId}, ${viewer.id}, ${`${month}-01`}, ${`Reading list, ${monthInWords(month)}`})
			on conflict (shelf_id, month) do nothing`);
		const found = (await row<{ id: string; begun_by: string; name: string }>(
			tx,
			sql`select l.id, l.begun_by, p.name from reading_list l join person p on p.id = l.begun_by
				where l.shelf_id = ${shelf} and l.month = ${`${month}-01`}`
		))!;
		const mine = { personId: of === 'me' ? viewer.id : null, shelfSpaceId: spaceId, begunBy: found.begun_by };
		if (!canCurate(viewer, mine))
			throw conflict(
				`${found.name} writes the list of ${monthInWords(month)} already. What you collect is at hand there.`
			);
		return found.id;
	});
}

/** A list that the viewer writes, locked until the transaction ends. @throws Failure not_found or forbidden */
export async function lockList(tx: Db, viewer: Viewer, id: string): Promise<ListRecord> {
	await tx.execute(sql`select 1 from reading_list where id = ${id} for update`);
	return recordOf(tx, viewer, id);
}

/** @throws Failure not_found for what is neither the viewer's nor in a space they read; forbidden for readers */
export async function recordOf(db: Db, viewer: Viewer, id: string): Promise<ListRecord> {
	const found = isId(id)
		? await row<ListRecord>(
				db,
				sql`select l.id, l.space_id, l.begun_by, to_char(l.month, 'YYYY-MM') as month, l.title, l.opening, l.closing, l.wanted,
						l.version, l.published_at, ${shelfColumns}
					from reading_list l, ${shelfTables} where sh.id = l.shelf_id and l.id = ${id}`
			)
		: undefined;
	const knows = found && (found.person_id === viewer.id || viewer.readableSpaces.includes(found.space_id));
	// Nobody learns of a list before it is published but those who write in its space.
	if (!found || !knows) throw notFound('This list does not exist, or is not open to you.');
	if (isCurator(viewer, found)) return found;
	if (found.published_at === null && !viewer.memberships.has(found.space_id))
		throw notFound('This list does not exist, or is not open to you.');
	allow(
		false,
		found.person_id ? 'It is written by its owner.' : 'Who began it, and the stewards of the space, write it.'
	);
	return found;
}

export const isCurator = (viewer: Viewer, list: Pick<ListRecord, 'person_id' | 'shelf_space_id' | 'begun_by'>) =>
	canCurate(viewer, { personId: list.person_id, shelfSpaceId: list.shelf_space_id, begunBy: list.begun_by });

/** Changes the words around the entries. @throws Failure conflict with the newer ones on a stale edit */
export async function editList(db: Db, viewer: Viewer, id: string, edit: ListEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const list = await lockList(tx, viewer, id);
		if (list.version !== edit.version) {
			const { version, title, opening, closing } = list;
			throw conflict('Somebody changed these words while you were writing. Yours are kept; see both below.', {
				current: { version, title, opening, closing }
			});
		}
		const spaceId = edit.spaceId ?? list.space_id;
		if (spaceId !== list.space_id) {
			if (list.published_at || !list.person_id) throw invalid({ spaceId: 'cannot change any more' });
			allow(canWriteIn(viewer, { spaceId }), 'Join the space to publish a list in it.');
		}
		await tx.execute(sql`update reading_list set title = ${edit.title}, opening = ${edit.opening}, closing = ${edit.closing},
			wanted = ${edit.wanted}, space_id = ${spaceId}, version = version + 1 where id = ${id}`);
		return list.version + 1;
	});
}

/** Throws away a list that was never published; what was found stays. @throws Failure conflict for one that was */
export async function discardList(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		const list = await lockList(tx, viewer, id);
		if (list.published_at) throw conflict('It is published. Archive it instead: what others read stays findable.');
		await tx.execute(sql`delete from reading_list where id = ${id}`);
	});
}

/** A list as its curators go on with it. @throws Failure not_found or forbidden */
export async function listToEdit(db: Db, viewer: Viewer, id: string): Promise<ListDraft> {
	const list = await recordOf(db, viewer, id);
	const picks = await picksOf(db, viewer, list);
	const last = list.published_at ? await lastEdition(db, id) : undefined;
	const shelf = presentShelf(list);
	return {
		...{ id, shelf, picks, spaceId: list.space_id, month: list.month, title: list.title, opening: list.opening },
		...{ closing: list.closing, wanted: list.wanted, version: list.version },
		publishedAt: list.published_at && new Date(list.published_at).toISOString(),
		isChanged: !last || !sameWork(last.content, contentOf(list, shelf, picks, []))
	};
}

interface PickRow extends FindRow {
	pick_id: string;
	before: string;
	why: string;
	quote: string;
	lesson: boolean;
	pick_version: number;
}

/** What a list holds, in its order. */
export async function picksOf(db: Db, viewer: Viewer, list: Pick<ListRecord, 'id' | 'month'>): Promise<PickView[]> {
	const found = await rows<PickRow>(
		db,
		sql`select k.id as pick_id, k.before, k.why, k.quote, k.lesson, k.version as pick_version, ${findColumns}
			from reading_pick k join reading_find f on f.id = k.find_id join person fp on fp.id = f.found_by, ${shelfTables}
			where k.list_id = ${list.id} and sh.id = f.shelf_id order by k.position, k.id`
	);
	return found.map((one) => {
		const find = presentFind(viewer, one);
		return {
			...{ id: one.pick_id, find, before: one.before, why: one.why, quote: one.quote, lesson: one.lesson },
			...{ version: one.pick_version, odd: oddDates(find, list.month) }
		};
	});
}

/** The lists the viewer is at: not published, or changed since. */
export async function myDrafts(db: Db, viewer: Viewer): Promise<DraftRow[]> {
	const found = await rows<ListRecord & { picked: number }>(
		db,
		sql`select l.*, to_char(l.month, 'YYYY-MM') as month, ${shelfColumns},
				(select count(*)::int from reading_pick k where k.list_id = l.id) as picked
			from reading_list l, ${shelfTables}
			where sh.id = l.shelf_id and l.published_at is null
				and (sh.person_id = ${viewer.id} or sh.space_id = any(${array([...viewer.memberships.keys()], 'uuid')}))
			order by l.month desc, l.id limit 100`
	);
	return found
		.filter((list) => isCurator(viewer, list))
		.map((list) => ({
			...{ id: list.id, title: list.title, month: list.month, picked: list.picked, wanted: list.wanted },
			...{ by: list.shelf_name, publishedAt: null }
		}));
}

/** Whether it is a list of the viewer's that was not published yet. */
export async function isWriting(db: Db, viewer: Viewer, id: string): Promise<boolean> {
	if (!isId(id)) return false;
	const found = await row<ListRecord>(
		db,
		sql`select l.*, ${shelfColumns} from reading_list l, ${shelfTables} where sh.id = l.shelf_id and l.id = ${id} and l.published_at is null`
	);
	return found !== undefined && isCurator(viewer, found);
}

export interface ShelfList {
	id: string;
	month: string;
	/** ISO 8601; null where it is not published yet. */
	publishedAt: string | null;
	/** Whether the viewer writes it. */
	mine: boolean;
}

/** The lists that a shelf has. */
export async function listsOfShelf(db: Db, viewer: Viewer, shelfId: string): Promise<ShelfList[]> {
	const found = await rows<ListRecord>(
		db,
		sql`select l.*, to_char(l.month, 'YYYY-MM') as month, ${shelfColumns} from reading_list l, ${shelfTables}
			where sh.id = l.shelf_id and sh.id = ${shelfId}`
	);
	return found.map((list) => ({
		...{ id: list.id, month: list.month, mine: isCurator(viewer, list) },
		publishedAt: list.published_at && new Date(list.published_at).toISOString()
	}));
}
