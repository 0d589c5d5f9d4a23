import { canWriteIn, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import {
	aboutColumns,
	postColumns,
	presentAbout,
	presentPost,
	type AboutRow,
	type PostRow
} from '#src/core/items/server/post.ts';
import { array, row, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { withPrint } from '#src/platform/server/kept.ts';
import type { AnswerView, QuestionStatus, QuestionView } from '../question.ts';
import { printQuery, withRights } from './print.ts';

interface Found extends AboutRow {
	print: string;
	title: string;
	tags: string[];
	status: QuestionStatus;
	accepted_answer_id: string | null;
	duplicate_of: string | null;
	duplicates: { id: string; title: string }[] | null;
	space_id: string;
	slug: string;
	space_name: string;
	items: PostRow[];
}

/**
 * A question with its answers, those of its duplicates, and all comments, as the viewer may
 * see them: one round trip. It carries its print, read in the same snapshot.
 * @throws Failure not_found
 */
export async function readQuestion(db: Db, viewer: Viewer, id: string): Promise<QuestionView> {
	const found = await row<Found>(db, questionQuery(viewer, id));
	if (!found) throw notFound('This question does not exist, or is not open to you.');
	const rows = found.items;
	const asked = rows.find((item) => item.id === id)!;
	const settles = asked.author_id === viewer.id || isSteward(viewer, found.space_id);
	const beneath = new Map<string, PostRow[]>();
	for (const item of rows) {
		if (item.kind === 'comment') beneath.set(item.parent_id!, [...(beneath.get(item.parent_id!) ?? []), item]);
	}
	const post = (item: PostRow) => presentPost(viewer, found.space_id, item, beneath.get(item.id) ?? []);
	const answers = rows
		.filter((item) => item.kind === 'answer')
		.map((item): AnswerView => ({
			...post(item),
			accepted: item.id === found.accepted_answer_id,
			givenTo: item.parent_id === id ? null : item.parent_id
		}))
		.sort(byUse);
	const view: QuestionView = {
		...post(asked),
		...{ title: found.title, tags: found.tags, status: found.status, answers },
		duplicateOf: found.duplicate_of,
		duplicates: found.duplicates ?? [],
		space: { id: found.space_id, slug: found.slug, name: found.space_name },
		...presentAbout(viewer, found, settles),
		canSettle: settles,
		canWrite: canWriteIn(viewer, { spaceId: found.space_id })
	};
	return withPrint(view, withRights(viewer, found.print));
}

/** The accepted one first, then what helped most, then the oldest. */
const byUse = (a: AnswerView, b: AnswerView) =>
	Number(b.accepted) - Number(a.accepted) || b.helpedCount - a.helpedCount || a.createdAt.localeCompare(b.createdAt);

function questionQuery(viewer: Viewer, id: string) {
	return sql`
		with asked as (
			select i.id, i.title, i.tags, i.space_id, q.status, q.accepted_answer_id, q.duplicate_of
			from item i join question q on q.item_id = i.id
			where i.id = ${id} and ${visibleItems(viewer, 'i')}
		), merged as (
			select q.item_id as id from question q join item i on i.id = q.item_id
			where q.duplicate_of = ${id} and ${visibleItems(viewer, 'i')}
		), post as (
			select id from asked
			union all
			select a.id from item a
			where a.kind = 'answer' and a.state <> 'removed' and ${visibleItems(viewer, 'a')}
				and (a.parent_id = ${id} or a.parent_id in (select id from merged))
		), shown as (
			select id from post
			union all
			select c.id from item c where c.kind = 'comment' and c.state <> 'removed' and c.parent_id in (select id from post)
		)
		select i.title, i.tags, i.status, i.accepted_answer_id, i.duplicate_of, i.space_id, s.slug, s.name as space_name,
			(select jsonb_agg(jsonb_build_object('id', d.id, 'title', d.title)) from item d where d.id in (select id from merged)) as duplicates,
			${aboutColumns(viewer)},
			(${printQuery(sql`${id}::uuid`, sql`${viewer.id}::uuid`, array(viewer.readableSpaces, 'uuid'))}) as print,
			(select json_agg(line order by line.created_at) from (
				select ${postColumns(viewer)} from shown join item i on i.id = shown.id join person p on p.id = i.author_id
			) line) as items
		from asked i join space s on s.id = i.space_id`;
}
