import { z } from 'zod';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { decodeCursor, paging, toPage } from '#src/core/api/server/page.ts';
import { id, tag } from '#src/core/items/input.ts';
import { iso, presentAuthor, type AuthorColumns } from '#src/core/items/server/present.ts';
import { plainText } from '#src/core/items/server/render.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import type { QuestionRow, QuestionStatus } from '../question.ts';

export const questionFilter = z.strictObject({
	...paging.shape,
	/** `for_you`: unanswered ones with a tag the viewer follows or may be asked about. */
	show: z.enum(['newest', 'unanswered', 'for_you'], 'must be newest, unanswered or for_you').default('newest'),
	space: id.optional(),
	tag: tag.optional()
});
export type QuestionFilter = z.output<typeof questionFilter>;

interface Row extends AuthorColumns {
	id: string;
	title: string;
	opening: string;
	slug: string;
	space_name: string;
	tags: string[];
	status: QuestionStatus;
	answer_count: number;
	helped_count: number;
	created_at: string;
	active_at: string;
}

/** Questions the viewer may read, by last activity, the newest first. */
export async function listQuestions(
	db: Db,
	viewer: Viewer,
	filter: QuestionFilter
): Promise<{ items: QuestionRow[]; next: string | null }> {
	const after = decodeCursor(filter.cursor, 2);
	const found = await rows<Row>(
		db,
		sql`select i.id, i.title, left(i.body_html, 600) as opening, s.slug, s.name as space_name, i.tags, q.status,
				q.answer_count, i.helped_count, i.created_at, i.active_at, i.anonymous, i.author_id,
				p.name as author_name, p.image as author_image
			from item i
			join question q on q.item_id = i.id
			join space s on s.id = i.space_id
			join person p on p.id = i.author_id
			where i.kind = 'question' and i.parent_id is null and i.state = 'open' and q.status <> 'duplicate'
				and ${visibleItems(viewer, 'i')} and ${condition(viewer, filter)}
				and ${after ? sql`(i.active_at, i.id) < (${after[0]!}::timestamptz, ${after[1]!}::uuid)` : sql`true`}
			order by i.active_at desc, i.id desc
			limit ${filter.limit + 1}`
	);
	const page = toPage(found, filter.limit, (last) => [String(last.active_at), last.id]);
	return { items: page.items.map((line) => present(viewer, line)), next: page.next };
}

function condition(viewer: Viewer, { show, space, tag }: QuestionFilter) {
	const inSpace = space ? sql`i.space_id = ${space}` : sql`true`;
	const tagged = tag ? sql`i.tags @> array[${tag}]` : sql`true`;
	const unanswered = sql`q.status in ('open', 'needs_info') and q.answer_count = 0`;
	const mine = sql`i.author_id <> ${viewer.id} and i.tags && array(
		select target from follow where person_id = ${viewer.id} and target_kind = 'tag'
		union select unnest(ask_me_about) from person where id = ${viewer.id})`;
	const shown = { newest: sql`true`, unanswered, for_you: sql`${unanswered} and ${mine}` }[show];
	return sql`${inSpace} and ${tagged} and ${shown}`;
}

function present(viewer: Viewer, line: Row): QuestionRow {
	return {
		id: line.id,
		title: line.title,
		excerpt: plainText(line.opening, 180),
		author: presentAuthor(viewer, line),
		space: { slug: line.slug, name: line.space_name },
		tags: line.tags,
		status: line.status,
		answerCount: line.answer_count,
		helpedCount: line.helped_count,
		createdAt: iso(line.created_at),
		activeAt: iso(line.active_at)
	};
}

/** Tags on questions the viewer may read, the most used first. */
export async function listTags(db: Db, viewer: Viewer, limit = 200): Promise<{ name: string; count: number }[]> {
	return rows(
		db,
		sql`select t.name, count(*)::int as count from item i, unnest(i.tags) as t (name)
			where i.kind = 'question' and i.state = 'open' and ${visibleItems(viewer, 'i')}
			group by t.name order by count desc, t.name limit ${limit}`
	);
}
