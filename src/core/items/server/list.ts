import type { SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { decodeCursor, paging, toPage } from '#src/core/api/server/page.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { id, tag } from '../input.ts';
import type { ItemRow } from '../post.ts';
import { iso, presentAuthor, type AuthorColumns } from './present.ts';
import { plainText } from './render.ts';

/** Which items a list shows, whatever their kinds. */
export const itemFilter = z.strictObject({ ...paging.shape, space: id.optional(), tag: tag.optional() });
export type ItemFilter = z.output<typeof itemFilter>;

/** A line of a list, as `lineColumns` brings it. */
export interface LineRow extends AuthorColumns {
	id: string;
	kind: string;
	title: string;
	opening: string;
	slug: string;
	space_name: string;
	tags: string[];
	helped_count: number;
	created_at: string;
	active_at: string;
}

/** The columns of a line: of the item `i`, its space `s` and its author `p`. */
export const lineColumns = sql`i.id, i.kind, i.title, left(i.body_html, 600) as opening, s.slug, s.name as space_name, i.tags,
	i.helped_count, i.created_at, i.active_at, i.anonymous, i.author_id, p.name as author_name, p.image as author_image`;

/** The tables of a line. */
export const lineTables = sql`item i join space s on s.id = i.space_id join person p on p.id = i.author_id`;

/** A line as it leaves the server. */
export function presentLine(viewer: Viewer, line: LineRow): ItemRow {
	return {
		...{ id: line.id, kind: line.kind, title: line.title, tags: line.tags, helpedCount: line.helped_count },
		excerpt: plainText(withoutHeadings(line.opening), 180),
		author: presentAuthor(viewer, line),
		space: { slug: line.slug, name: line.space_name },
		createdAt: iso(line.created_at),
		activeAt: iso(line.active_at)
	};
}

/** What a kind's list has beside its lines: more columns, the tables they come from, and which lines it shows. */
export interface LineKind {
	columns?: SQL;
	join?: SQL;
	where?: SQL;
}

/**
 * A page of lines the viewer may read, by last activity, the newest first.
 * @param present a line as it leaves the server, with what its kind adds
 * @example linePage<LineRow & { result: string }, StoryRow>(db, viewer, filter, { columns: sql`st.result`, join: sql`join story st on st.item_id = i.id` }, (line) => …)
 */
export async function linePage<R extends LineRow, T>(
	db: Db,
	viewer: Viewer,
	filter: ItemFilter,
	{ columns, join = sql``, where = sql`true` }: LineKind,
	present: (line: R) => T
): Promise<{ items: T[]; next: string | null }> {
	const found = await rows<R>(
		db,
		sql`select ${lineColumns}${columns ? sql`, ${columns}` : sql``} from ${lineTables} ${join}
			where i.parent_id is null and i.state = 'open' and ${visibleItems(viewer, 'i')} and ${matching(filter)} and ${where}
			order by i.active_at desc, i.id desc
			limit ${filter.limit + 1}`
	);
	const page = toPage(found, filter.limit, (last) => [String(last.active_at), last.id]);
	return { items: page.items.map(present), next: page.next };
}

/** The conditions of a filter, and of the page it asks for. */
function matching({ space, tag, cursor }: Omit<ItemFilter, 'limit'>) {
	const after = decodeCursor(cursor, 'time', 'id');
	return sql`${space ? sql`i.space_id = ${space}` : sql`true`}
		and ${tag ? sql`i.tags @> array[${tag}]` : sql`true`}
		and ${after ? sql`(i.active_at, i.id) < (${after[0]!}::timestamptz, ${after[1]!}::uuid)` : sql`true`}`;
}

/**
 * Items with a page of their own that the viewer may read, by last activity, the newest first.
 * @param kinds which kinds; all if none is given
 */
export const listItems = (db: Db, viewer: Viewer, filter: ItemFilter, kinds: string[] = []) =>
	linePage<LineRow, ItemRow>(
		db,
		viewer,
		filter,
		kinds.length ? { where: sql`i.kind = any(${array(kinds, 'text')})` } : {},
		(line) => presentLine(viewer, line)
	);

/** A heading says nothing within a line of text; it stays where nothing else does. */
function withoutHeadings(html: string): string {
	const rest = html.replace(/<(h[2-6])\b[^>]*>[^]*?<\/\1>/g, '');
	return /[^\s<>](?![^<]*>)/.test(rest) ? rest : html;
}
