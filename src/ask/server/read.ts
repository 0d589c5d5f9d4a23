import { canWriteIn, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { iso, presentAuthor, type AuthorColumns } from '#src/core/items/server/present.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { AnswerView, CommentView, PostView, QuestionStatus, QuestionView } from '../question.ts';

/** An item of the page as the query below brings it. */
interface Row extends AuthorColumns {
	id: string;
	kind: 'question' | 'answer' | 'comment';
	parent_id: string | null;
	body_html: string;
	state: 'open' | 'archived';
	version: number;
	created_at: string;
	updated_at: string;
	helped_count: number;
	helped_minutes: number;
	helped: boolean;
	bookmarked: boolean;
	flagged: boolean;
	flags: number;
}

interface Found {
	title: string;
	tags: string[];
	status: QuestionStatus;
	accepted_answer_id: string | null;
	duplicate_of: string | null;
	duplicates: { id: string; title: string }[] | null;
	space_id: string;
	slug: string;
	space_name: string;
	following: boolean;
	followers: number;
	items: Row[];
}

/**
 * A question with its answers, those of its duplicates, and all comments, as the viewer may
 * see them: one round trip.
 * @throws Failure not_found
 */
export async function readQuestion(db: Db, viewer: Viewer, id: string): Promise<QuestionView> {
	const found = await row<Found>(db, questionQuery(viewer, id));
	if (!found) throw notFound('This question does not exist, or is not open to you.');
	const rows = found.items;
	const asked = rows.find((item) => item.id === id)!;
	const settles = asked.author_id === viewer.id || isSteward(viewer, found.space_id);
	const beneath = new Map<string, Row[]>();
	for (const item of rows) {
		if (item.kind === 'comment') beneath.set(item.parent_id!, [...(beneath.get(item.parent_id!) ?? []), item]);
	}
	const post = (item: Row) => presentPost(viewer, found.space_id, item, beneath.get(item.id) ?? []);
	const answers = rows
		.filter((item) => item.kind === 'answer')
		.map((item): AnswerView => ({
			...post(item),
			accepted: item.id === found.accepted_answer_id,
			givenTo: item.parent_id === id ? null : item.parent_id
		}))
		.sort(byUse);
	return {
		...post(asked),
		...{ title: found.title, tags: found.tags, status: found.status, answers },
		duplicateOf: found.duplicate_of,
		duplicates: found.duplicates ?? [],
		space: { id: found.space_id, slug: found.slug, name: found.space_name },
		following: found.following,
		followers: found.followers,
		canSettle: settles,
		canWrite: canWriteIn(viewer, { spaceId: found.space_id })
	};
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
		select a.title, a.tags, a.status, a.accepted_answer_id, a.duplicate_of, a.space_id, s.slug, s.name as space_name,
			(select jsonb_agg(jsonb_build_object('id', d.id, 'title', d.title)) from item d where d.id in (select id from merged)) as duplicates,
			exists (select 1 from follow f where f.person_id = ${viewer.id} and f.target_kind = 'item' and f.target = a.id::text) as following,
			(select count(*)::int from follow f where f.target_kind = 'item' and f.target = a.id::text) as followers,
			(select json_agg(line order by line.created_at) from (
				select i.id, i.kind, i.parent_id, i.body_html, i.state, i.version, i.created_at, i.updated_at,
					i.helped_count, i.helped_minutes, i.anonymous, i.author_id, p.name as author_name, p.image as author_image,
					exists (select 1 from helped h where h.item_id = i.id and h.person_id = ${viewer.id}) as helped,
					exists (select 1 from bookmark b where b.item_id = i.id and b.person_id = ${viewer.id}) as bookmarked,
					exists (select 1 from flag g where g.item_id = i.id and g.person_id = ${viewer.id} and g.settled_at is null) as flagged,
					(select count(*)::int from flag g where g.item_id = i.id and g.settled_at is null) as flags
				from shown join item i on i.id = shown.id join person p on p.id = i.author_id
			) line) as items
		from asked a join space s on s.id = a.space_id`;
}

function presentPost(viewer: Viewer, spaceId: string, item: Row, comments: Row[]): PostView {
	return {
		id: item.id,
		author: presentAuthor(viewer, item),
		bodyHtml: item.body_html,
		createdAt: iso(item.created_at),
		editedAt: item.version > 1 ? iso(item.updated_at) : null,
		version: item.version,
		state: item.state,
		helpedCount: item.helped_count,
		helpedMinutes: item.helped_minutes,
		mine: { helped: item.helped, bookmarked: item.bookmarked, flagged: item.flagged },
		flags: item.flags,
		canEdit: item.author_id === viewer.id || isSteward(viewer, spaceId),
		comments: comments.map((comment) => presentComment(viewer, spaceId, comment))
	};
}

function presentComment(viewer: Viewer, spaceId: string, comment: Row): CommentView {
	return {
		id: comment.id,
		author: presentAuthor(viewer, comment),
		bodyHtml: comment.body_html,
		createdAt: iso(comment.created_at),
		canEdit: comment.author_id === viewer.id || isSteward(viewer, spaceId)
	};
}
