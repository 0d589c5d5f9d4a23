import type { Viewer } from '#src/core/access/server/viewer.ts';
import { decodeCursor, toPage } from '#src/core/api/server/page.ts';
import { iso } from '#src/core/items/server/present.ts';
import { partsOfAll } from '#src/core/search/server/parts-of.ts';
import { plainText, renderMarkdown } from '#src/core/items/server/render.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
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
	created_at: string;
}

/** A page of a bank's questions, in the order they came. @throws Failure not_found or forbidden */
export async function listQuestions(
	db: Db,
	viewer: Viewer,
	bankId: string,
	filter: QuestionFilter
): Promise<{ items: QuestionLine[]; next: string | null }> {
	await bankOf(db, viewer, bankId);
	const after = decodeCursor(filter.cursor, 'time', 'id');
	const found = await rows<LineRow>(
		db,
		sql`select q.id, v.content ->> 'type' as type, left(v.content ->> 'prompt', 600) as prompt, q.objective_id, q.state, q.version,
				jsonb_array_length(v.content -> 'parts') > 0 as mapped, q.updated_at, q.created_at
			from bank_question q join bank_question_version v on v.question_id = q.id and v.version = q.version
			where q.bank_id = ${bankId} and ${after ? sql`(q.created_at, q.id) > (${after[0]!}::timestamptz, ${after[1]!}::uuid)` : sql`true`} and ${matching(filter)}
			order by q.created_at, q.id limit ${filter.limit + 1}`
	);
	const page = toPage(found, filter.limit, (last) => [String(last.created_at), last.id]);
	return { items: page.items.map(presentLine), next: page.next };
}

function matching({ objective, type, state }: QuestionFilter) {
	const of = objective === 'none' ? sql`q.objective_id is null` : sql`q.objective_id = ${objective}::uuid`;
	return sql`${objective ? of : sql`true`} and ${type ? sql`v.content ->> 'type' = ${type}` : sql`true`}
		and ${state ? sql`q.state = ${state}` : sql`true`}`;
}

function presentLine({ prompt, objective_id, updated_at, created_at: _, ...line }: LineRow): QuestionLine {
	return {
		...line,
		asks: plainText(renderMarkdown(prompt), 180),
		objectiveId: objective_id,
		updatedAt: iso(updated_at)
	};
}

/** What the form of a question chooses from: objectives, people who can judge, and the content of its checks. */
export async function choicesOf(db: Db, viewer: Viewer, bankId: string) {
	const bank = await bankOf(db, viewer, bankId);
	const objectives = await rows<{ id: string; title: string }>(
		db,
		sql`select id, title from objective where bank_id = ${bankId} order by position, id`
	);
	const content = await rows<{ id: string }>(
		db,
		sql`select c.content_id as id from check_content c join check_item i on i.item_id = c.item_id
			where i.bank_id = ${bankId} group by c.content_id order by min(c.position), c.content_id limit 40`
	);
	return {
		objectives,
		people: await peopleIn(db, bank.spaceId),
		content: await partsOfAll(
			db,
			viewer,
			content.map(({ id }) => id)
		)
	};
}

/** Who is in one of these spaces, to be chosen by name. */
export const peopleIn = (db: Db, ...spaceIds: string[]): Promise<{ id: string; name: string }[]> =>
	rows(
		db,
		sql`select p.id, p.name from person p where p.deactivated_at is null and exists (
				select 1 from space_member m where m.person_id = p.id and m.space_id = any(${array(spaceIds, 'uuid')}))
			order by p.name, p.id limit 500`
	);

/** A question with its key, for those who write its bank. @throws Failure not_found or forbidden */
export async function readQuestion(db: Db, viewer: Viewer, bankId: string, questionId: string): Promise<QuestionView> {
	await bankOf(db, viewer, bankId);
	const { objectiveId, state, version, updatedAt, provenance } = await questionIn(db, bankId, questionId);
	const content = await contentOf(db, questionId, version);
	return { id: questionId, bankId, objectiveId, state, version, content, updatedAt: iso(updatedAt), provenance };
}
