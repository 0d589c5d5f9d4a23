import type { Viewer } from '#src/core/access/server/viewer.ts';
import { plainText, renderMarkdown } from '#src/core/items/server/render.ts';
import { decodeCursor, toPage, type Paging } from '#src/core/api/server/page.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { QuestionContent } from '../../question.ts';
import {
	FEWEST_ATTEMPTS,
	questionStatistics,
	reliability,
	type QuestionStatistics,
	type Reliability,
	type Scored
} from '../statistics.ts';
import { bankOf } from './banks.ts';

/** The newest first attempts; more would not tell more. */
const MOST = 2000;

export interface BankStatistics {
	/** First attempts of distinct people; nothing is told below twenty. */
	attempts: number | null;
	fewest: number;
	reliability: Reliability | null;
	questions: (Omit<QuestionStatistics, 'options'> & {
		asks: string;
		options: (QuestionStatistics['options'][number] & { text: string })[];
	})[];
	/** Where it goes on. */
	next: string | null;
}

/** What somebody had in a first attempt: the question, the share of its points, and what was chosen. */
type Answered = [questionId: string, score: number, chosen: string[] | null][];

/**
 * What first attempts say of the questions of a bank: sums only, of twenty people at least.
 * A question counts from its newest version on.
 * @throws Failure not_found or forbidden
 */
export async function statisticsOf(
	db: Db,
	viewer: Viewer,
	bankId: string,
	{ cursor, limit }: Paging
): Promise<BankStatistics> {
	await bankOf(db, viewer, bankId);
	const attempts = (await firstAttempts(db, bankId)).map(({ answered }) => scored(answered));
	if (attempts.length < FEWEST_ATTEMPTS)
		return { attempts: null, fewest: FEWEST_ATTEMPTS, reliability: null, questions: [], next: null };
	const having = havingEach(attempts);
	const known = [...having].flatMap(([id, some]) => (some.length >= FEWEST_ATTEMPTS ? [id] : []));
	const { items, next } = await questionsOf(db, known, cursor, limit);
	return {
		...{ attempts: attempts.length, fewest: FEWEST_ATTEMPTS, reliability: reliability(attempts) ?? null, next },
		questions: items.flatMap(({ id, content }) => {
			const options = content.type === 'choice' ? content.options : [];
			const keyed = options.map(({ key, right }) => ({ key, right }));
			const found = questionStatistics(id, keyed, having.get(id)!);
			const texts = options.map(({ text }) => ({ text: plainText(renderMarkdown(text), 120) }));
			if (!found) return [];
			const asks = plainText(renderMarkdown(content.prompt), 180);
			return [{ ...found, asks, options: found.options.map((option, at) => ({ ...option, ...texts[at]! })) }];
		})
	};
}

const firstAttempts = (db: Db, bankId: string) =>
	rows<{ answered: Answered }>(
		db,
		sql`with first as (
				select distinct on (a.person_id) a.id, a.started_at, a.state from check_attempt a join check_item c on c.item_id = a.item_id
				where c.bank_id = ${bankId} and a.state <> 'open' order by a.person_id, a.started_at, a.id
			), newest as (
				select id from first where state in ('passed', 'failed') order by started_at desc limit ${MOST}
			)
			select json_agg(json_build_array(q.question_id, coalesce(q.points / nullif(q.most, 0), 0)::float8,
				case when jsonb_typeof(q.answer -> 'chosen') = 'array' then q.answer -> 'chosen' end)) as answered
			from newest n join attempt_question q on q.attempt_id = n.id
			join bank_question b on b.id = q.question_id and b.version = q.version and b.bank_id = ${bankId}
			group by n.id`
	);

const scored = (answered: Answered): Scored => ({
	scores: new Map(answered.map(([id, score]) => [id, score])),
	chosen: new Map(answered.flatMap(([id, , chosen]) => (chosen ? [[id, chosen] as const] : [])))
});

/** The attempts that had each question. */
function havingEach(attempts: Scored[]): Map<string, Scored[]> {
	const having = new Map<string, Scored[]>();
	for (const attempt of attempts)
		for (const id of attempt.scores.keys()) {
			const some = having.get(id);
			if (some) some.push(attempt);
			else having.set(id, [attempt]);
		}
	return having;
}

interface Question {
	id: string;
	content: QuestionContent;
	created_at: string;
}

/** A page of these questions, in the order they came. */
async function questionsOf(db: Db, ids: string[], cursor: string | undefined, limit: number) {
	const after = decodeCursor(cursor, 'time', 'id');
	const found = await rows<Question>(
		db,
		sql`select q.id, q.created_at, v.content from bank_question q
			join bank_question_version v on v.question_id = q.id and v.version = q.version
			where q.id = any(${array(ids, 'uuid')}) and q.state <> 'draft'
				and ${after ? sql`(q.created_at, q.id) > (${after[0]!}::timestamptz, ${after[1]!}::uuid)` : sql`true`}
			order by q.created_at, q.id limit ${limit + 1}`
	);
	return toPage(found, limit, (last) => [String(last.created_at), last.id]);
}
