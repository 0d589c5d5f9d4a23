import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import type { Pulse } from '../list.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** It is time to ask a reader whether a list changed how they work. */
		'list.asked': { itemId: string; personId: string };
	}
}

/** So long after reading it shows whether something changed. */
export const ASK_AFTER_DAYS = 30;
/** Of fewer answers nothing is told: nobody shall be guessed from a number. */
const ENOUGH = 5;

/** Notes that somebody has read a list; the first time counts. */
export async function noteReader(db: Db, viewer: Viewer, listId: string): Promise<void> {
	await db.execute(
		sql`insert into reading_reader (list_id, person_id) values (${listId}, ${viewer.id}) on conflict do nothing`
	);
}

/** Takes note of the viewer's answer; a second one takes the place of the first. @throws Failure conflict before its time */
export async function answerChange(db: Db, viewer: Viewer, listId: string, changed: boolean): Promise<void> {
	const about = await readerOf(db, viewer, listId);
	if (!about.due) throw conflict(`This is asked ${ASK_AFTER_DAYS} days after you have read a list.`);
	await db.execute(sql`update reading_reader set changed = ${changed}, answered_at = now(), asked_at = coalesce(asked_at, now())
		where list_id = ${listId} and person_id = ${viewer.id}`);
}

/** Whether the viewer is to be asked, and what they answered. @throws Failure not_found for what they may not read */
export async function readerOf(
	db: Db,
	viewer: Viewer,
	listId: string
): Promise<{ due: boolean; answer: boolean | null }> {
	const found = await row<{ due: boolean; answer: boolean | null }>(
		db,
		sql`select coalesce(r.read_at < now() - make_interval(days => ${ASK_AFTER_DAYS}), false) as due, r.changed as answer
			from item i left join reading_reader r on r.list_id = i.id and r.person_id = ${viewer.id}
			where i.id = ${listId} and i.kind = 'reading_list' and ${visibleItems(viewer, 'i')}`
	);
	if (!found) throw notFound();
	return found;
}

/** Asks those who read a list thirty days ago, once each: the daily job. */
export async function askReaders(db: Db): Promise<void> {
	await db.transaction(async (tx) => {
		const due = await rows<{ list_id: string; person_id: string }>(
			tx,
			sql`update reading_reader set asked_at = now() where (list_id, person_id) in (
					select list_id, person_id from reading_reader
					where asked_at is null and read_at < now() - make_interval(days => ${ASK_AFTER_DAYS})
					order by read_at limit 5000 for update skip locked
				) returning list_id, person_id`
		);
		for (const { list_id, person_id } of due) await emit(tx, 'list.asked', { itemId: list_id, personId: person_id });
	});
}

/** What an earlier list of the same shelf changed: the last one of which enough readers have told. */
export async function pulseBefore(db: Db, viewer: Viewer, listId: string): Promise<Pulse | null> {
	const found = await row<Pulse>(
		db,
		sql`select i.id, i.title, count(r.changed)::int as answered, (count(*) filter (where r.changed))::int as changed
			from reading_list this join reading_list l on l.shelf_id = this.shelf_id and l.month < this.month
			join item i on i.id = l.id join reading_reader r on r.list_id = l.id
			where this.id = ${listId} and i.state = 'open' and ${visibleItems(viewer, 'i')}
			group by i.id, l.month having count(r.changed) >= ${ENOUGH} order by l.month desc limit 1`
	);
	return found ?? null;
}
