import type { Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { renderMarkdown } from '#src/core/items/server/render.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { AnswerTo } from '../../answer.ts';
import { judged, reaches } from '../../grade.ts';
import type { QuestionOf } from '../../question.ts';
import type { ReviewLine, ReviewView } from '../attempt.ts';
import type { Judgement } from '../input.ts';
import { hasOpened } from './sheet.ts';
import { tellSettled, type Outcome } from './submit.ts';

interface Line {
	item_id: string;
	title: string;
	person: string;
	id: string;
	answer: AnswerTo<'show'>;
	content: QuestionOf<'show'>;
	file_name: string | null;
	levels: Record<string, number> | null;
	note: string | null;
}

/**
 * What somebody showed, for the one who is named to look at it: these questions of the attempt and nothing else.
 * @throws Failure not_found for everybody else
 */
export async function readReview(db: Db, viewer: Viewer, attemptId: string): Promise<ReviewView> {
	const lines = isId(attemptId) ? await rows<Line>(db, reviewQuery(viewer, attemptId)) : [];
	const [first] = lines;
	if (!first) throw notFound('There is nothing here for you to look at.');
	return {
		...{ id: attemptId, check: { id: first.item_id, title: first.title }, person: first.person },
		questions: lines.map(({ id, answer, content, file_name, levels, note }) => ({
			...{ id, promptHtml: renderMarkdown(content.prompt), rubric: content.rubric },
			shown: {
				file: answer.fileId
					? { href: `/files/${answer.fileId}/${encodeURIComponent(file_name ?? 'file')}`, name: file_name ?? 'A file' }
					: null,
				...{ url: answer.url ?? '', noteHtml: renderMarkdown(answer.note ?? '') }
			},
			judged: levels && { levels, note: note ?? '' }
		}))
	};
}

/**
 * Whether the version `v` of a question names the viewer to look at what is shown; where whoever is named has left,
 * the stewards of its bank's space do.
 */
export const namesViewer = (viewer: Viewer) => sql`(v.content ->> 'reviewerId' = ${viewer.id} or exists (
	select 1 from bank_question named join question_bank of_bank on of_bank.id = named.bank_id
	join person gone on gone.id::text = v.content ->> 'reviewerId' and gone.deactivated_at is not null
	where named.id = v.question_id and of_bank.space_id = any(${array(stewarded(viewer), 'uuid')})))`;

const stewarded = ({ memberships }: Viewer) =>
	[...memberships].flatMap(([id, role]) => (role === 'steward' ? [id] : []));

/** Only what was handed in to be looked at, by whom the question names. */
const reviewQuery = (viewer: Viewer, attemptId: string) => sql`
	select a.item_id, i.title, p.name as person, q.question_id as id, q.answer, v.content, f.name as file_name, r.levels, r.note
	from check_attempt a join item i on i.id = a.item_id join person p on p.id = a.person_id
	join attempt_question q on q.attempt_id = a.id
	join bank_question_version v on v.question_id = q.question_id and v.version = q.version
	left join attempt_review r on r.attempt_id = q.attempt_id and r.question_id = q.question_id
	left join file f on f.id::text = q.answer ->> 'fileId'
	where a.id = ${attemptId} and a.submitted_at is not null and v.content ->> 'type' = 'show'
		and ${namesViewer(viewer)} and (q.points is null or r.reviewer_id is not null)
	order by q.position`;

/**
 * Judges one thing that was shown by its rubric; with the last one the attempt is settled.
 * @throws Failure not_found for who is not named for it; conflict when it was judged already
 */
export async function judge(db: Db, viewer: Viewer, attemptId: string, input: Judgement): Promise<Outcome> {
	return db.transaction(async (tx) => {
		if (!isId(attemptId)) throw notFound('There is nothing here for you to look at.');
		const attempt = await row<{
			item_id: string;
			person_id: string;
			state: Outcome;
			pass_percent: number;
			most: number;
		}>(
			tx,
			sql`select item_id, person_id, state, pass_percent, most from check_attempt where id = ${attemptId} for update`
		);
		const line = (await rows<Line>(tx, reviewQuery(viewer, attemptId))).find(({ id }) => id === input.questionId);
		if (!attempt || !line) throw notFound('There is nothing here for you to look at.');
		if (line.levels || attempt.state !== 'in_review') throw conflict('This has been judged already.');
		const { rubric } = line.content;
		const missing = rubric.find(({ key, levels }) => levels[input.levels[key] ?? -1] === undefined);
		if (missing) throw invalid({ [`levels.${missing.key}`]: 'is needed' });
		await tx.execute(sql`insert into attempt_review (attempt_id, question_id, reviewer_id, levels, note)
			values (${attemptId}, ${line.id}, ${viewer.id}, ${JSON.stringify(input.levels)}::text::jsonb, ${input.note})`);
		await tx.execute(sql`update attempt_question set points = case when late then 0 else ${judged(line.content, input.levels)}::real end
			where attempt_id = ${attemptId} and question_id = ${line.id}`);
		return settleReviewed(tx, attemptId, attempt);
	});
}

async function settleReviewed(
	tx: Db,
	id: string,
	attempt: { item_id: string; person_id: string; pass_percent: number; most: number }
): Promise<Outcome> {
	const sum = await row<{ points: number; waiting: number }>(
		tx,
		sql`select coalesce(sum(points), 0)::float8 as points, count(*) filter (where points is null)::int as waiting
			from attempt_question where attempt_id = ${id}`
	);
	if (sum!.waiting > 0) return 'in_review';
	const state = reaches(sum!.points, attempt.most, attempt.pass_percent) ? 'passed' : 'failed';
	await tx.execute(sql`update check_attempt a set state = ${state}, points = ${sum!.points}, settled_at = now(),
		given_back = case when ${state} = 'passed' and not ${hasOpened} then c.content_minutes else 0 end
		from check_item c where a.id = ${id} and c.item_id = a.item_id`);
	await tellSettled(tx, { id, itemId: attempt.item_id, personId: attempt.person_id, state });
	return state;
}

/** What waits for the viewer to look at it, the longest first. */
export async function reviewsOf(db: Db, viewer: Viewer): Promise<ReviewLine[]> {
	const found = await rows<ReviewLine>(
		db,
		sql`select a.id, i.title, p.name as person, a.submitted_at as since
			from check_attempt a join item i on i.id = a.item_id join person p on p.id = a.person_id
			where a.state = 'in_review' and exists (select 1 from attempt_question q
				join bank_question_version v on v.question_id = q.question_id and v.version = q.version
				where q.attempt_id = a.id and q.points is null and v.content ->> 'type' = 'show' and ${namesViewer(viewer)})
			order by a.submitted_at limit 50`
	);
	return found.map((line) => ({ ...line, since: iso(line.since) }));
}
