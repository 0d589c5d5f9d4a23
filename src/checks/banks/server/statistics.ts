import type { Viewer } from '#src/core/access/server/viewer.ts';
import { plainText, renderMarkdown } from '#src/core/items/server/render.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
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
const MOST = 5000;

export interface BankStatistics {
	/** First attempts of distinct people; nothing is told below twenty. */
	attempts: number | null;
	fewest: number;
	reliability: Reliability | null;
	questions: (Omit<QuestionStatistics, 'options'> & {
		asks: string;
		options: (QuestionStatistics['options'][number] & { text: string })[];
	})[];
}

interface Answered {
	attempt_id: string;
	question_id: string;
	score: number;
	chosen: string[] | null;
}

/**
 * What first attempts say of the questions of a bank: sums only, of twenty people at least.
 * A question counts from its newest version on.
 * @throws Failure not_found or forbidden
 */
export async function statisticsOf(db: Db, viewer: Viewer, bankId: string): Promise<BankStatistics> {
	await bankOf(db, viewer, bankId);
	const answered = await rows<Answered>(
		db,
		sql`with first as (
				select distinct on (a.person_id) a.id, a.started_at, a.state from check_attempt a join check_item c on c.item_id = a.item_id
				where c.bank_id = ${bankId} and a.state <> 'open' order by a.person_id, a.started_at, a.id
			), newest as (
				select id from first where state in ('passed', 'failed') order by started_at desc limit ${MOST}
			)
			select q.attempt_id, q.question_id, coalesce(q.points / nullif(q.most, 0), 0)::float8 as score,
				case when jsonb_typeof(q.answer -> 'chosen') = 'array' then array(select jsonb_array_elements_text(q.answer -> 'chosen')) end as chosen
			from newest n join attempt_question q on q.attempt_id = n.id
			join bank_question b on b.id = q.question_id and b.version = q.version and b.bank_id = ${bankId}`
	);
	const attempts = scoredBy(answered);
	const enough = attempts.length >= FEWEST_ATTEMPTS;
	const questions = enough ? await questionsOf(db, bankId) : [];
	return {
		attempts: enough ? attempts.length : null,
		fewest: FEWEST_ATTEMPTS,
		reliability: (enough && reliability(attempts)) || null,
		questions: questions.flatMap(({ id, content }) => {
			const options = content.type === 'choice' ? content.options : [];
			const keyed = options.map(({ key, right }) => ({ key, right }));
			const found = questionStatistics(id, keyed, attempts);
			const texts = options.map(({ text }) => ({ text: plainText(renderMarkdown(text), 120) }));
			if (!found) return [];
			const asks = plainText(renderMarkdown(content.prompt), 180);
			return [{ ...found, asks, options: found.options.map((option, at) => ({ ...option, ...texts[at]! })) }];
		})
	};
}

function scoredBy(answered: Answered[]): Scored[] {
	const byAttempt = new Map<string, Scored>();
	for (const { attempt_id, question_id, score, chosen } of answered) {
		const attempt = byAttempt.get(attempt_id) ?? { scores: new Map(), chosen: new Map() };
		attempt.scores.set(question_id, score);
		if (chosen) attempt.chosen.set(question_id, chosen);
		byAttempt.set(attempt_id, attempt);
	}
	return [...byAttempt.values()];
}

const questionsOf = (db: Db, bankId: string): Promise<{ id: string; content: QuestionContent }[]> =>
	rows(
		db,
		sql`select q.id, v.content from bank_question q join bank_question_version v on v.question_id = q.id and v.version = q.version
			where q.bank_id = ${bankId} and q.state <> 'draft' order by q.created_at, q.id limit 2000`
	);
