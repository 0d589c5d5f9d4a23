import { isDeepStrictEqual } from 'node:util';
import { ZodError } from 'zod';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, row, rows, sql, together, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound, type FieldErrors } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { Answer } from '../../answer.ts';
import type { QuestionContent } from '../../question.ts';
import { isEmpty, readAnswer, type AnswerSheet } from '../input.ts';
import { toKeys, toNames } from '../shown.ts';

/** A question of an attempt as it was drawn. */
export interface Drawn {
	id: string;
	seed: number;
	answer: Answer | null;
	late: boolean;
	content: QuestionContent;
}

/** An attempt that is locked for this transaction, with all that grading needs. */
export interface Locked {
	id: string;
	item_id: string;
	state: 'open' | 'in_review' | 'passed' | 'failed';
	revision: number;
	number: number;
	pass_percent: number;
	/** Whether the clock of the job has run out. */
	is_late: boolean;
	content_minutes: number;
	/** Whether some of the content was opened before it was handed in, since the last pass. */
	has_opened: boolean;
	questions: Drawn[];
}

/**
 * One's own attempt, locked. Both statements are sent together; the second one begins when the lock is there, and so
 * sees what whoever had it before has done.
 * @throws Failure not_found, also for those of others
 */
export async function lockAttempt(tx: Db, viewer: Viewer, id: string): Promise<Locked> {
	if (!isId(id)) throw notFound('There is no such attempt of yours.');
	let found: Locked | undefined;
	await together(
		rows(tx, sql`select 1 from check_attempt where id = ${id} and person_id = ${viewer.id} for update`),
		row<Locked>(tx, lockedQuery(viewer, id)).then((line) => (found = line))
	);
	if (!found) throw notFound('There is no such attempt of yours.');
	return found;
}

const lockedQuery = (viewer: Viewer, id: string) => sql`
	select a.id, a.item_id, a.state, a.revision, a.number, a.pass_percent, c.content_minutes,
		coalesce(now() > a.started_at + a.job_seconds * interval '1 second', false) as is_late,
		${hasOpened} as has_opened,
		(select json_agg(json_build_object('id', q.question_id, 'seed', q.seed, 'answer', q.answer, 'late', q.late, 'content', v.content) order by q.position)
			from attempt_question q join bank_question_version v on v.question_id = q.question_id and v.version = q.version
			where q.attempt_id = a.id) as questions
	from check_attempt a join check_item c on c.item_id = a.item_id
	where a.id = ${id} and a.person_id = ${viewer.id}`;

/** For the attempt `a`: whether its person opened any of the content between their last pass and handing it in. */
export const hasOpened = sql`exists (select 1 from check_content k join signal s on s.item_id = k.content_id
	where k.item_id = a.item_id and s.actor_id = a.person_id and s.verb in ('opened', 'read', 'ran')
		and s.at <= coalesce(a.submitted_at, now())
		and s.at > coalesce((select max(b.settled_at) from check_attempt b
			where b.item_id = a.item_id and b.person_id = a.person_id and b.state = 'passed'), '-infinity'))`;

/**
 * Keeps answers as they were given.
 * @returns the revision the attempt has now
 * @throws Failure conflict with `details.current` when another tab saved others meanwhile; invalid at the question
 */
export async function saveAnswers(db: Db, viewer: Viewer, id: string, sheet: AnswerSheet): Promise<number> {
	return db.transaction(async (tx) => {
		const attempt = await lockAttempt(tx, viewer, id);
		const changed = changes(attempt, sheet);
		if (changed.size === 0) return attempt.revision;
		await expectOwnFiles(tx, viewer, changed);
		await tx.execute(sql`with given as (${givenRows(changed)}), kept as (
				update attempt_question q set answer = g.answer, answered_at = now(), late = ${attempt.is_late}
				from given g where q.attempt_id = ${id} and q.question_id = g.id
			) update check_attempt set revision = revision + 1 where id = ${id}`);
		return attempt.revision + 1;
	});
}

/** What is shown must be a file of the person's own. @throws Failure invalid at the question */
export async function expectOwnFiles(tx: Db, viewer: Viewer, changed: Map<string, Answer | null>): Promise<void> {
	const named = [...changed].flatMap(([question, answer]) =>
		answer && 'note' in answer && answer.fileId ? [{ question, fileId: answer.fileId }] : []
	);
	if (named.length === 0) return;
	const own = await rows<{ id: string }>(
		tx,
		sql`select id from file where uploader_id = ${viewer.id} and id = any(${array(
			named.map(({ fileId }) => fileId),
			'uuid'
		)})`
	);
	const strange = named.find(({ fileId }) => !own.some(({ id }) => id === fileId));
	if (strange) throw invalid({ [strange.question]: 'names a file that you have not uploaded; choose it again' });
}

/** Answers by question, as the rows of a statement. */
const givenRows = (changed: Map<string, Answer | null>) =>
	sql`select id, answer from jsonb_to_recordset(${JSON.stringify([...changed].map(([question, answer]) => ({ id: question, answer })))}::text::jsonb) as given (id uuid, answer jsonb)`;

/**
 * What a sheet changes. The same sheet sent twice changes nothing the second time, whatever its revision.
 * @throws Failure conflict when it started from answers that are not the newest, or the attempt was handed in
 */
export function changes(attempt: Locked, sheet: AnswerSheet): Map<string, Answer | null> {
	const changed = new Map<string, Answer | null>();
	const fields: FieldErrors = {};
	for (const { id, seed, content, answer: before } of attempt.questions) {
		const came = sheet.answers[id];
		if (came === undefined) continue;
		const answer = read(content, seed, came, (message) => (fields[id] = message));
		if (!isDeepStrictEqual(answer, before)) changed.set(id, answer);
	}
	const known = new Set(attempt.questions.map(({ id }) => id));
	const strange = Object.keys(sheet.answers).find((id) => !known.has(id));
	if (strange) fields[strange] = 'is not a question of this attempt';
	if (Object.keys(fields).length > 0)
		throw invalid(fields, 'One of the answers cannot be read. All of them are still here.');
	if (changed.size > 0 && attempt.state !== 'open')
		throw conflict(
			'This attempt was handed in meanwhile, with other answers. What you wrote here is still on the page.',
			{
				current: current(attempt)
			}
		);
	if (changed.size > 0 && sheet.revision !== attempt.revision)
		throw conflict('You answered this in another window too. Both are shown: look at them, then save again.', {
			current: current(attempt)
		});
	return changed;
}

/** What is kept, for the page on which something else stands. */
const current = ({ revision, questions }: Locked) => ({
	revision,
	answers: Object.fromEntries(
		questions.map(({ id, seed, content, answer }) => [id, answer && toNames(content, seed, answer)])
	)
});

function read(
	content: QuestionContent,
	seed: number,
	came: Record<string, unknown>,
	refuse: (message: string) => void
): Answer | null {
	if (Object.values(came).every((value) => value === '')) return null;
	if (Object.keys(came).length === 0) return null;
	if (!isPlain(came)) {
		refuse('holds characters that cannot be kept; remove them');
		return null;
	}
	try {
		const answer = toKeys(content, seed, readAnswer(content.type, came));
		return isEmpty(answer) ? null : answer;
	} catch (error) {
		if (!(error instanceof ZodError)) throw error;
		const [issue] = error.issues;
		refuse(issue && /^(may|must) /.test(issue.message) ? issue.message : 'cannot be read');
		return null;
	}
}

/** Null bytes and halves of characters cannot be kept. */
const isPlain = (came: unknown): boolean => {
	const text = JSON.stringify(came);
	return !/\\u0000|\\ud[89a-f]/i.test(text);
};
