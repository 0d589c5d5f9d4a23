import type { Viewer } from '#src/core/access/server/viewer.ts';
import { ownFile } from '#src/core/export/server/own.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { todayIn } from '#src/platform/day.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { NewLeave } from '../input.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** Days of a leave were stated or taken back: what waits for the person comes earlier or later. */
		'leave.changed': { personId: string };
	}
}

/** Leaves of a person that are not over; more are a program's mistake. */
const MOST = 50;
/** Years ahead at most: further is a slip of the year. */
const YEARS_AHEAD = 5;
/** Days after which a leave that is over is forgotten. */
const KEPT = 90;

export interface Leave {
	id: string;
	/** The first and the last day, `2026-12-24`. */
	from: string;
	until: string;
	word: string;
	/** It has begun. */
	begun: boolean;
}

/** The viewer's leaves that are not over, the next first. */
export const ownLeaves = (db: Db, viewer: Viewer, now = new Date()): Promise<Leave[]> =>
	rows(
		db,
		sql`select l.id, l.from_day::text as "from", l.until_day::text as until, l.word, l.from_day <= today.day as begun
			from person_leave l join person p on p.id = l.person_id
			cross join lateral (select (${now.toISOString()}::timestamptz at time zone p.time_zone)::date as day) today
			where l.person_id = ${viewer.id} and l.until_day >= today.day order by l.from_day`
	);

/**
 * States a leave. One that overlaps or touches others becomes one with them, with the latest word.
 * @returns the id of the leave it is part of
 * @throws Failure invalid for what is over or far ahead; conflict for too many
 */
export async function takeLeave(db: Db, viewer: Viewer, leave: NewLeave, now = new Date()): Promise<string> {
	return db.transaction(async (tx) => {
		const today = await lockToday(tx, viewer.id, now);
		expectSoon(leave, today);
		await tx.execute(
			sql`delete from person_leave where person_id = ${viewer.id} and until_day < ${today}::date - ${KEPT}::int`
		);
		const id = await mergeIn(tx, viewer.id, leave);
		const { count } = (await row<{ count: number }>(
			tx,
			sql`select count(*)::int as count from person_leave where person_id = ${viewer.id} and until_day >= ${today}`
		))!;
		if (count > MOST) throw conflict(`You have stated ${MOST} leaves already. Take one back first.`);
		await emit(tx, 'leave.changed', { personId: viewer.id });
		return id;
	});
}

/** The person's day, locked so that their leaves change one after the other. */
async function lockToday(tx: Db, personId: string, now: Date): Promise<string> {
	const found = await row<{ zone: string }>(
		tx,
		sql`select time_zone as zone from person where id = ${personId} for no key update`
	);
	return todayIn(found!.zone, now);
}

function expectSoon({ from, until }: NewLeave, today: string): void {
	if (until < today) throw invalid({ until: 'is over already' });
	if (Number(from.slice(0, 4)) > Number(today.slice(0, 4)) + YEARS_AHEAD)
		throw invalid({ from: `may lie ${YEARS_AHEAD} years ahead at most` });
}

async function mergeIn(tx: Db, personId: string, { from, until, word }: NewLeave): Promise<string> {
	const merged = await row<{ id: string }>(
		tx,
		sql`with old as (
				delete from person_leave where person_id = ${personId} and until_day >= ${from}::date - 1 and from_day <= ${until}::date + 1
				returning from_day, until_day, word, created_at
			)
			insert into person_leave (id, person_id, from_day, until_day, word)
			select ${newId()}, ${personId}, least(${from}::date, min(from_day)), greatest(${until}::date, max(until_day)),
				coalesce(nullif(${word}::text, ''), (array_agg(word order by created_at desc) filter (where word <> ''))[1], '')
			from old returning id`
	);
	return merged!.id;
}

/**
 * Takes a leave back. Of one that has begun the days before today stay: they were away.
 * @throws Failure not_found
 */
export async function endLeave(db: Db, viewer: Viewer, id: string, now = new Date()): Promise<void> {
	await db.transaction(async (tx) => {
		const today = await lockToday(tx, viewer.id, now);
		const own = sql`id = ${id} and person_id = ${viewer.id} and until_day >= ${today}`;
		const ended = await rows(
			tx,
			sql`with gone as (delete from person_leave where ${own} and from_day >= ${today} returning 1),
				cut as (update person_leave set until_day = ${today}::date - 1 where ${own} and from_day < ${today} returning 1)
				select 1 from gone union all select 1 from cut`
		);
		if (ended.length === 0) throw notFound('This leave is over, or was taken back already.');
		await emit(tx, 'leave.changed', { personId: viewer.id });
	});
}

/** For one's archive. */
export const ownLeave = ownFile(
	'leaves',
	'days you said you are away, and the word colleagues saw',
	(me) => sql`select from_day::text as "from", until_day::text as until, word, created_at
		from person_leave where person_id = ${me} order by from_day`
);
