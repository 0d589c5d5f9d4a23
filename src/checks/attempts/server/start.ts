import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { iso } from '#src/core/items/server/present.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import { GRADER } from '../../grade.ts';
import type { AttemptLine } from '../attempt.ts';

/**
 * Begins an attempt at a check, or goes on with the one that is open.
 * @returns its id
 * @throws Failure not_found; conflict while the check has no questions
 */
export async function startAttempt(db: Db, viewer: Viewer, checkId: string): Promise<string> {
	const check = isId(checkId)
		? await row<{ open: string | null }>(
				db,
				sql`select (select a.id from check_attempt a where a.item_id = i.id and a.person_id = ${viewer.id} and a.state = 'open') as open
					from item i join check_item c on c.item_id = i.id where i.id = ${checkId} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!check) throw notFound('This check does not exist, or is not open to you.');
	return check.open ?? (await db.transaction((tx) => beginNew(tx, viewer, checkId)));
}

/** The viewer's own attempts at a check, the newest first. */
export async function attemptsAt(db: Db, viewer: Viewer, checkId: string): Promise<AttemptLine[]> {
	const found = await rows<AttemptLine>(
		db,
		sql`select id, number, state, coalesce(submitted_at, started_at) as at from check_attempt
			where item_id = ${checkId} and person_id = ${viewer.id} order by number desc limit 50`
	);
	return found.map((line) => ({ ...line, at: iso(line.at) }));
}

async function beginNew(tx: Db, viewer: Viewer, checkId: string): Promise<string> {
	// Two presses at once begin one attempt: the second waits here and finds it.
	await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`attempt ${checkId} ${viewer.id}`}, 0))`);
	const id = newId();
	const made = await row(
		tx,
		sql`insert into check_attempt (id, item_id, person_id, number, grader, pass_percent, job_seconds)
			select ${id}, c.item_id, ${viewer.id}, coalesce((select max(number) from check_attempt a
				where a.item_id = c.item_id and a.person_id = ${viewer.id}), 0) + 1, ${GRADER}, c.pass_percent, c.job_seconds
			from check_item c where c.item_id = ${checkId}
			on conflict (item_id, person_id) where state = 'open' do nothing returning id`
	);
	if (!made) {
		const open = await row<{ id: string }>(
			tx,
			sql`select id from check_attempt where item_id = ${checkId} and person_id = ${viewer.id} and state = 'open'`
		);
		return open!.id;
	}
	const drawn = await draw(tx, viewer, checkId, id);
	if (drawn === 0) throw conflict('This check has no questions yet. Whoever wrote it can add them.');
	await record(tx, viewer.id, 'attempted', { itemId: checkId, result: { attemptId: id } });
	return id;
}

/**
 * Draws the questions of an attempt: of each objective those the person has not had, by lot, then those they had
 * longest ago. Each is kept as it is worded now.
 * @returns how many
 */
async function draw(tx: Db, viewer: Viewer, checkId: string, attemptId: string): Promise<number> {
	const drawn = await rows(
		tx,
		sql`with had as (
				select aq.question_id, max(a.started_at) as at from check_attempt a join attempt_question aq on aq.attempt_id = a.id
				where a.person_id = ${viewer.id} group by aq.question_id
			), chosen as (
				select one.id, one.version, d.position, d.objective_id from check_draw d cross join lateral (
					select q.id, q.version from bank_question q left join had on had.question_id = q.id
					where q.objective_id = d.objective_id and q.state = 'ready'
					order by had.at nulls first, random() limit d.draws
				) one where d.item_id = ${checkId}
			)
			insert into attempt_question (attempt_id, question_id, version, position, seed)
			select ${attemptId}, id, version, row_number() over (order by position, objective_id, random()), (random() * 2147483646)::int
			from chosen returning 1`
	);
	return drawn.length;
}
