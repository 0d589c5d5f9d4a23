import type { Viewer } from '#src/core/access/server/viewer.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { record } from '#src/core/signals/server/record.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import type { Answer } from '../../answer.ts';
import { grade, reaches } from '../../grade.ts';
import type { AnswerSheet } from '../input.ts';
import { changes, expectOwnFiles, lockAttempt, type Locked } from './sheet.ts';
import '../../server/events.ts';

export type Outcome = 'in_review' | 'passed' | 'failed';

/**
 * Hands an attempt in with its last answers, grades it and settles it, unless a person has to look at something. Sent
 * twice, or again after the connection was lost, it gives what the first one gave.
 * @throws Failure conflict when other answers were saved or handed in meanwhile
 */
export async function submitAttempt(db: Db, viewer: Viewer, id: string, sheet: AnswerSheet): Promise<Outcome> {
	return db.transaction(async (tx) => {
		const attempt = await lockAttempt(tx, viewer, id);
		const changed = changes(attempt, sheet);
		if (attempt.state !== 'open') return attempt.state;
		await expectOwnFiles(tx, viewer, changed);
		return settleAnswers(tx, viewer, attempt, changed);
	});
}

async function settleAnswers(
	tx: Db,
	viewer: Viewer,
	attempt: Locked,
	changed: Map<string, Answer | null>
): Promise<Outcome> {
	const graded = attempt.questions.map(({ id, content, answer, late }) => {
		const isNew = changed.has(id);
		const given = isNew ? (changed.get(id) ?? null) : answer;
		const isLate = isNew ? attempt.is_late : late;
		const { points } = grade(content, given);
		// What came after the clock of the job is kept and shown, and does not count.
		return { id, answer: given, isNew, late: isLate, points: isLate ? 0 : points };
	});
	const waits = graded.some(({ points }) => points === null);
	const points = graded.reduce((sum, each) => sum + (each.points ?? 0), 0);
	const most = graded.length;
	const passed = reaches(points, most, attempt.pass_percent);
	const state: Outcome = waits ? 'in_review' : passed ? 'passed' : 'failed';
	const lines = JSON.stringify(graded);
	await tx.execute(sql`with graded as (
			select * from jsonb_to_recordset(${lines}::text::jsonb) as line (id uuid, answer jsonb, "isNew" boolean, late boolean, points real)
		), kept as (
			update attempt_question q set points = g.points, late = g.late, answer = nullif(g.answer, 'null'::jsonb),
				answered_at = case when g."isNew" then now() else q.answered_at end
			from graded g where q.attempt_id = ${attempt.id} and q.question_id = g.id
		) update check_attempt set state = ${state}, points = ${waits ? null : points}, most = ${most}, submitted_at = now(),
			revision = revision + ${changed.size > 0 ? 1 : 0}, test_out = ${isTestOut(attempt)},
			settled_at = ${waits ? sql`null` : sql`now()`}, given_back = ${state === 'passed' ? givenBack(attempt) : 0}
			where id = ${attempt.id}`);
	await tellSettled(tx, { id: attempt.id, itemId: attempt.item_id, personId: viewer.id, state });
	return state;
}

/** At the first go, without opening any of the content. */
const isTestOut = ({ number, has_opened }: Locked) => number === 1 && !has_opened;
const givenBack = ({ content_minutes, has_opened }: Locked) => (has_opened ? 0 : content_minutes);

interface Settled {
	id: string;
	itemId: string;
	personId: string;
	state: Outcome;
}

/** Adds it to the person's own record and tells whoever has to know in the same instant. */
export async function tellSettled(tx: Db, { id, itemId, personId, state }: Settled): Promise<void> {
	if (state !== 'in_review') await record(tx, personId, state, { itemId, result: { attemptId: id } });
	await emit(tx, `check.${state}`, { attemptId: id, itemId, personId });
}
