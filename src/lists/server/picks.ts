import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { PickEdit } from '../input.ts';
import { lockList } from './drafts.ts';

/** A list of more is a catalogue. */
const MOST = 50;

/**
 * Puts a find at the end of a list. It may stand in other lists already: what was worth
 * citing can be cited again.
 * @returns the pick's id, also where it is in the list already
 * @throws Failure invalid for a find of another shelf
 */
export async function pick(db: Db, viewer: Viewer, listId: string, findId: string): Promise<string> {
	return db.transaction(async (tx) => {
		const list = await lockList(tx, viewer, listId);
		const there = await row<{ id: string }>(
			tx,
			sql`select id from reading_pick where list_id = ${listId} and find_id = ${findId}`
		);
		if (there) return there.id;
		const found = await row<{ note: string; size: number }>(
			tx,
			sql`select note, (select count(*)::int from reading_pick where list_id = ${listId}) as size
				from reading_find where id = ${findId} and shelf_id = ${list.shelf_id}`
		);
		if (!found) throw invalid({ findId: 'is not in the finds of this list' });
		if (found.size >= MOST) throw invalid({ findId: `does not fit: a list holds ${MOST} entries at most` });
		const id = newId();
		await tx.execute(sql`insert into reading_pick (id, list_id, find_id, position, why)
			values (${id}, ${listId}, ${findId}, ${found.size + 1}, ${found.note})`);
		return id;
	});
}

interface PickRecord {
	id: string;
	before: string;
	why: string;
	quote: string;
	lesson: boolean;
	version: number;
}

/** Writes what stands with an entry. @throws Failure conflict with the newer one on a stale edit */
export async function writePick(
	db: Db,
	viewer: Viewer,
	listId: string,
	pickId: string,
	edit: PickEdit
): Promise<number> {
	return db.transaction(async (tx) => {
		await lockList(tx, viewer, listId);
		const current = await row<PickRecord>(
			tx,
			sql`select id, before, why, quote, lesson, version from reading_pick where id = ${pickId} and list_id = ${listId}`
		);
		if (!current) throw notFound('Somebody took this out of the list. Your text is still here.');
		if (current.version !== edit.version)
			throw conflict('Somebody wrote here while you were writing. Your text is kept; see both below.', { current });
		await tx.execute(sql`update reading_pick set before = ${edit.before}, why = ${edit.why}, quote = ${edit.quote},
			lesson = ${edit.lesson}, version = version + 1 where id = ${pickId}`);
		return current.version + 1;
	});
}

/** Moves an entry to a place, counted from 1; beyond the last one it is the last. */
export async function placePick(db: Db, viewer: Viewer, listId: string, pickId: string, to: number): Promise<void> {
	await db.transaction(async (tx) => {
		await lockList(tx, viewer, listId);
		const found = await rows<{ id: string }>(
			tx,
			sql`select id from reading_pick where list_id = ${listId} order by position, id`
		);
		const order = found.map(({ id }) => id).filter((id) => id !== pickId);
		if (order.length === found.length) throw notFound();
		order.splice(to - 1, 0, pickId);
		await writeOrder(tx, order);
	});
}

/** Takes an entry out of a list, with what was written to it; the find stays. Without it nothing happens. */
export async function takeOut(db: Db, viewer: Viewer, listId: string, pickId: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockList(tx, viewer, listId);
		await tx.execute(sql`delete from reading_pick where id = ${pickId} and list_id = ${listId}`);
	});
}

async function writeOrder(tx: Db, order: string[]): Promise<void> {
	await tx.execute(sql`update reading_pick k set position = o.place
		from unnest(${sql.param(`{${order.join(',')}}`)}::uuid[]) with ordinality as o(id, place) where k.id = o.id`);
}
