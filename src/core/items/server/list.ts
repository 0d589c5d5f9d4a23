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

/** The conditions of a filter, and of the page it asks for. */
export function matching({ space, tag, cursor }: Omit<ItemFilter, 'limit'>) {
	const after = decodeCursor(cursor, 'time', 'id');
	return sql`${space ? sql`i.space_id = ${space}` : sql`true`}
		and ${tag ? sql`i.tags @> array[${tag}]` : sql`true`}
		and ${after ? sql`(i.active_at, i.id) < (${after[0]!}::timestamptz, ${after[1]!}::uuid)` : sql`true`}`;
}

/** A line as it leaves the server. */
export function presentLine(viewer: Viewer, line: LineRow): ItemRow {
	return {
		...{ id: line.id, kind: line.kind, title: line.title, tags: line.tags, helpedCount: line.helped_count },
		excerpt: plainText(line.opening, 180),
		author: presentAuthor(viewer, line),
		space: { slug: line.slug, name: line.space_name },
		createdAt: iso(line.created_at),
		activeAt: iso(line.active_at)
	};
}

/** Where the next page of a list begins. */
export const lineCursor = (last: LineRow): string[] => [String(last.active_at), last.id];

/**
 * Items with a page of their own that the viewer may read, by last activity, the newest first.
 * @param kinds which kinds; all if none is given
 */
export async function listItems(
	db: Db,
	viewer: Viewer,
	filter: ItemFilter,
	kinds: string[] = []
): Promise<{ items: ItemRow[]; next: string | null }> {
	const found = await rows<LineRow>(
		db,
		sql`select ${lineColumns} from ${lineTables}
			where i.parent_id is null and i.state = 'open' and ${visibleItems(viewer, 'i')} and ${matching(filter)}
				and ${kinds.length ? sql`i.kind = any(${array(kinds, 'text')})` : sql`true`}
			order by i.active_at desc, i.id desc
			limit ${filter.limit + 1}`
	);
	const page = toPage(found, filter.limit, lineCursor);
	return { items: page.items.map((line) => presentLine(viewer, line)), next: page.next };
}
