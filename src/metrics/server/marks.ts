import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemKind } from '#src/core/items/kinds.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { NewMark } from '../input.ts';
import type { Mark } from '../metric.ts';
import { canKeep, KEEPERS, lockMetric } from './record.ts';

const MOST_MARKS = 100;

/**
 * Marks in a series what was done and when.
 * @returns its id
 * @throws Failure forbidden for who does not look after the figure; invalid for what the viewer may not read
 */
export async function addMark(db: Db, viewer: Viewer, id: string, { day, label, about }: NewMark): Promise<string> {
	return db.transaction(async (tx) => {
		const metric = await lockMetric(tx, viewer, id);
		allow(canKeep(viewer, metric), KEEPERS);
		if (about) {
			const found = await row(tx, sql`select from item i where i.id = ${about} and ${visibleItems(viewer, 'i')}`);
			if (!found) throw invalid({ about: 'must be the address of something that is here and open to you' });
		}
		const there = await row<{ id: string }>(
			tx,
			sql`select id from metric_mark where metric_id = ${id} and day = ${day}::date and label = ${label}`
		);
		if (there) return there.id;
		const { count } = (await row<{ count: number }>(
			tx,
			sql`select count(*)::int as count from metric_mark where metric_id = ${id}`
		))!;
		if (count >= MOST_MARKS) throw conflict(`There are ${MOST_MARKS} marks already: take some away first.`);
		const mark = newId();
		await tx.execute(sql`insert into metric_mark (id, metric_id, day, label, about_id, person_id)
			values (${mark}, ${id}, ${day}::date, ${label}, ${about ?? null}, ${viewer.id})`);
		return mark;
	});
}

/** Puts one mark about an item in place of those before, or takes them away. @throws Failure forbidden */
export async function remark(
	db: Db,
	viewer: Viewer,
	id: string,
	about: string,
	mark: Pick<NewMark, 'day' | 'label'> | null
): Promise<void> {
	await db.transaction(async (tx) => {
		const metric = await lockMetric(tx, viewer, id);
		allow(canKeep(viewer, metric), KEEPERS);
		await tx.execute(sql`delete from metric_mark where metric_id = ${id} and about_id = ${about}`);
		if (mark) await addMark(tx, viewer, id, { ...mark, about });
	});
}

/** The newest mark about an item. @returns its id */
export async function markAbout(db: Db, id: string, about: string): Promise<string | undefined> {
	const found = await row<{ id: string }>(
		db,
		sql`select id from metric_mark where metric_id = ${id} and about_id = ${about} order by day desc, id desc limit 1`
	);
	return found?.id;
}

/** Takes a mark away. @throws Failure not_found */
export async function removeMark(db: Db, viewer: Viewer, id: string, markId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const metric = await lockMetric(tx, viewer, id);
		allow(canKeep(viewer, metric), KEEPERS);
		const gone = await row(tx, sql`delete from metric_mark where id = ${markId} and metric_id = ${id} returning id`);
		if (!gone) throw notFound('There is no such mark.');
	});
}

interface MarkRow extends Omit<Mark, 'about'> {
	about_id: string | null;
	kind: string | null;
	title: string | null;
}

/** The marks of a series, in their order; what they are about only as far as the viewer may read it. */
export async function marksOf(db: Db, viewer: Viewer, id: string): Promise<Mark[]> {
	const found = await rows<MarkRow>(
		db,
		sql`select k.id, k.day::text as day, k.label, i.id as about_id, i.kind, i.title from metric_mark k
			left join item i on i.id = k.about_id and ${visibleItems(viewer, 'i')}
			where k.metric_id = ${id} order by k.day, k.id`
	);
	return found.map(({ about_id, kind, title, ...mark }) => {
		const place = kind && itemKind(kind)?.place;
		return { ...mark, about: place ? { title: title!, href: `/${place}/${about_id}` } : null };
	});
}
