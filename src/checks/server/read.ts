import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import type { ItemRow } from '#src/core/items/post.ts';
import {
	linePage,
	lineColumns,
	lineTables,
	presentLine,
	type ItemFilter,
	type LineRow
} from '#src/core/items/server/list.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { itemToEdit } from '#src/core/items/server/write.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { CheckFacts, CheckRow, CheckView, Draw, Support } from '../check.ts';
import { canAuthor } from './policy.ts';
import { canSignOff, signOffOf } from './signoff.ts';

interface FactsRow {
	bank_id: string;
	bank_space: string;
	bank_by: string;
	minutes: number;
	content_minutes: number;
	pass_percent: number;
	job_seconds: number | null;
	job_clock: string | null;
	expert: { id: string; name: string; image: string | null } | null;
	thread: { id: string; title: string } | null;
	faq: { id: string; title: string } | null;
}

/** A check as everybody who may read it sees it. @throws Failure not_found */
export async function readCheck(db: Db, viewer: Viewer, id: string): Promise<CheckView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'check');
	return { ...item, ...(await factsOf(db, viewer, id)), maySignOff: canSignOff(viewer, { spaceId: item.space.id }) };
}

async function factsOf(db: Db, viewer: Viewer, id: string): Promise<Omit<CheckFacts, 'maySignOff'>> {
	const found = (await row<FactsRow>(db, factsQuery(viewer, id)))!;
	const objectives = await drawsOf(db, id);
	const { expert, thread, faq } = found;
	const bank = { spaceId: found.bank_space, createdBy: found.bank_by };
	return {
		...{ minutes: found.minutes, contentMinutes: found.content_minutes, passPercent: found.pass_percent },
		job: found.job_seconds === null ? null : { seconds: found.job_seconds, clock: found.job_clock! },
		objectives,
		questions: objectives.reduce((sum, { draws, ready }) => sum + Math.min(draws, ready), 0),
		content: await contentOfCheck(db, viewer, id),
		support: {
			expert: expert && { ...expert, anonymous: false, you: expert.id === viewer.id },
			thread: thread && support(thread, 'question'),
			faq: faq && support(faq, 'faq')
		},
		signOff: await signOffOf(db, id),
		bankId: canAuthor(viewer, bank) ? found.bank_id : null
	};
}

const support = ({ id, title }: { id: string; title: string }, kind: string): Support => ({
	...{ id, title },
	href: itemAddress({ id, kind, rootId: id, rootKind: kind })
});

const factsQuery = (viewer: Viewer, id: string) => sql`
	select c.*, b.space_id as bank_space, b.created_by as bank_by, ${linked(viewer, sql`c.thread_id`)} as thread, ${linked(viewer, sql`c.faq_id`)} as faq,
		(select jsonb_build_object('id', p.id, 'name', p.name, 'image', p.image)
			from person p where p.id = c.expert_id and p.deactivated_at is null) as expert
	from check_item c join question_bank b on b.id = c.bank_id where c.item_id = ${id}`;

const linked = (
	viewer: Viewer,
	column: ReturnType<typeof sql>
) => sql`(select jsonb_build_object('id', t.id, 'title', t.title)
	from item t where t.id = ${column} and ${visibleItems(viewer, 't')})`;

/** What an attempt draws: per objective, in the order its author gave. */
export const drawsOf = (db: Db, id: string): Promise<Draw[]> =>
	rows<Draw>(
		db,
		sql`select d.objective_id as "objectiveId", o.title, d.draws,
				(select count(*)::int from bank_question q where q.objective_id = o.id and q.state = 'ready') as ready
			from check_draw d join objective o on o.id = d.objective_id
			where d.item_id = ${id} order by d.position, o.id`
	);

/** The content of a check that the viewer may read, in its author's order. */
export async function contentOfCheck(db: Db, viewer: Viewer, id: string): Promise<ItemRow[]> {
	const found = await rows<LineRow>(
		db,
		sql`select ${lineColumns} from ${lineTables} join check_content c on c.content_id = i.id
			where c.item_id = ${id} and ${visibleItems(viewer, 'i')} order by c.position`
	);
	return found.map((line) => presentLine(viewer, line));
}

/** Checks the viewer may read, the liveliest first, with what they take. */
export const listChecks = (db: Db, viewer: Viewer, filter: ItemFilter) =>
	linePage<LineRow & { minutes: number; questions: number }, CheckRow>(
		db,
		viewer,
		filter,
		{
			columns: sql`c.minutes, (select coalesce(sum(least(d.draws, (select count(*) from bank_question q
				where q.objective_id = d.objective_id and q.state = 'ready'))), 0)::int from check_draw d where d.item_id = i.id) as questions`,
			join: sql`join check_item c on c.item_id = i.id`,
			where: sql`i.kind = 'check'`
		},
		(line) => ({ ...presentLine(viewer, line), minutes: line.minutes, questions: line.questions })
	);

/** A check as its editor starts from it: with all objectives of its bank, drawn or not. @throws Failure not_found or forbidden */
export async function checkToEdit(db: Db, viewer: Viewer, id: string) {
	const item = await itemToEdit(db, viewer, id, 'check');
	const facts = (await row<FactsRow & { expert_id: string | null; thread_id: string | null; faq_id: string | null }>(
		db,
		factsQuery(viewer, id)
	))!;
	const objectives = await rows<{ objectiveId: string; title: string; draws: number; ready: number }>(
		db,
		sql`select o.id as "objectiveId", o.title, coalesce(d.draws, 0) as draws,
				(select count(*)::int from bank_question q where q.objective_id = o.id and q.state = 'ready') as ready
			from objective o left join check_draw d on d.objective_id = o.id and d.item_id = ${id}
			where o.bank_id = ${facts.bank_id} order by d.position nulls last, o.position, o.id`
	);
	const { minutes, content_minutes: contentMinutes, pass_percent: passPercent, job_seconds: jobSeconds } = facts;
	return {
		...item,
		...{ minutes, contentMinutes, passPercent, jobSeconds, jobClock: facts.job_clock, bankId: facts.bank_id },
		...{ expertId: facts.expert_id, threadId: facts.thread_id, faqId: facts.faq_id, objectives },
		content: (await contentOfCheck(db, viewer, id)).map(({ id, title }) => ({ id, title }))
	};
}
