import type { Viewer } from '#src/core/access/server/viewer.ts';
import { decodeCursor, toPage } from '#src/core/api/server/page.ts';
import { iso } from '#src/core/items/server/present.ts';
import { plainText, renderMarkdown } from '#src/core/items/server/render.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import type { QuestionType } from '../../question.ts';
import type { QuestionLine, QuestionState, QuestionView } from '../bank.ts';
import type { QuestionFilter } from '../input.ts';
import { bankOf } from './banks.ts';
import { contentOf, questionIn } from './questions.ts';

interface LineRow {
	id: string;
	type: QuestionType;
	prompt: string;
	objective_id: string | null;
	state: QuestionState;
	version: number;
	mapped: boolean;
	updated_at: string;
}

/** A page of a bank's questions, in the order they came. @throws Failure not_found or forbidden */
export async function listQuestions(
	db: Db,
	viewer: Viewer,
	bankId: string,
	filter: QuestionFilter
): Promise<{ items: QuestionLine[]; next: string | null }> {
	await bankOf(db, viewer, bankId);
	const [after] = decodeCursor(filter.cursor, 'id') ?? [];
	const found = await rows<LineRow>(
		db,
		sql`select q.id, v.content ->> 'type' as type, left(v.content ->> 'prompt', 600) as prompt, q.objective_id, q.state, q.version,
				jsonb_array_length(v.content -> 'parts') > 0 as mapped, q.updated_at
			from bank_question q join bank_question_version v on v.question_id = q.id and v.version = q.version
			where q.bank_id = ${bankId} and ${after ? sql`q.id > ${after}::uuid` : sql`true`} and ${matching(filter)}
			order by q.id limit ${filter.limit + 1}`
	);
	const page = toPage(found, filter.limit, (last) => [last.id]);
	return { items: page.items.map(presentLine), next: page.next };
}

function matching({ objective, type, state }: QuestionFilter) {
	const of = objective === 'none' ? sql`q.objective_id is null` : sql`q.objective_id = ${objective}::uuid`;
	return sql`${objective ? of : sql`true`} and ${type ? sql`v.content ->> 'type' = ${type}` : sql`true`}
		and ${state ? sql`q.state = ${state}` : sql`true`}`;
}

function presentLine({ prompt, objective_id, updated_at, ...line }: LineRow): QuestionLine {
	return {
		...line,
		asks: plainText(renderMarkdown(prompt), 180),
		objectiveId: objective_id,
		updatedAt: iso(updated_at)
	};
}

/** A question with its key, for those who write its bank. @throws Failure not_found or forbidden */
export async function readQuestion(db: Db, viewer: Viewer, bankId: string, questionId: string): Promise<QuestionView> {
	await bankOf(db, viewer, bankId);
	const { objectiveId, state, version, updatedAt, provenance } = await questionIn(db, bankId, questionId);
	const content = await contentOf(db, questionId, version);
	return { id: questionId, bankId, objectiveId, state, version, content, updatedAt: iso(updatedAt), provenance };
}
