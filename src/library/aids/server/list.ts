import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { decodeCursor, toPage } from '#src/core/api/server/page.ts';
import { plainText } from '#src/core/items/server/render.ts';
import { iso, presentAuthor, type AuthorColumns } from '#src/core/items/server/present.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { AidType } from '../aid.ts';
import type { AidFilter } from '../input.ts';
import { addressOf } from '../pattern.ts';
import { aidsAt } from './contexts.ts';

interface Row extends AuthorColumns {
	id: string;
	type: AidType;
	title: string;
	opening: string;
	slug: string;
	space_name: string;
	tags: string[];
	roles: string[];
	version: number;
	verify_by: string | null;
	due: boolean;
	helped_count: number;
	active_at: string;
}

/** Job aids in use that the viewer may read: those that fit an address best first, else the liveliest. */
export async function listAids(db: Db, viewer: Viewer, filter: AidFilter) {
	const { url, tag, role, type, space, limit } = filter;
	if (url !== undefined && !addressOf(url))
		throw invalid({ url: 'must be the address of a web page, with http:// or https://' });
	const after = url === undefined ? decodeCursor(filter.cursor, 'time', 'id') : undefined;
	const found = await rows<Row>(
		db,
		sql`${url === undefined ? sql`` : sql`with fitting as materialized (${aidsAt(url)})`}
			select i.id, a.type, i.title, left(i.body_html, 600) as opening, s.slug, s.name as space_name, i.tags, a.roles, i.version,
				a.verify_by::text as verify_by, coalesce(a.verify_by < current_date, false) as due, i.helped_count, i.active_at,
				i.anonymous, i.author_id, p.name as author_name, p.image as author_image
			from item i join aid a on a.item_id = i.id
			${url === undefined ? sql`` : sql`join fitting f on f.item_id = i.id`}
			join space s on s.id = i.space_id join person p on p.id = i.author_id
			where i.state = 'open' and ${visibleItems(viewer, 'i')}
				and ${tag ? sql`i.tags @> array[${tag}]` : sql`true`}
				and ${role ? sql`a.roles @> array[${role}]` : sql`true`}
				and ${type ? sql`a.type = ${type}` : sql`true`}
				and ${space ? sql`i.space_id = ${space}` : sql`true`}
				and ${after ? sql`(i.active_at, i.id) < (${after[0]!}::timestamptz, ${after[1]!}::uuid)` : sql`true`}
			order by ${url === undefined ? sql`` : sql`f.fit desc,`} i.active_at desc, i.id desc
			limit ${limit + 1}`
	);
	const page = toPage(found, limit, (last) => [String(last.active_at), last.id]);
	return { items: page.items.map((line) => present(viewer, line)), next: url === undefined ? page.next : null };
}

function present(viewer: Viewer, line: Row) {
	const { id, type, title, tags, roles, version, slug, space_name: name } = line;
	return {
		...{ id, type, title, tags, roles, version, space: { slug, name } },
		excerpt: plainText(line.opening, 180),
		author: presentAuthor(viewer, line),
		verifyBy: line.verify_by,
		due: line.due,
		helpedCount: line.helped_count,
		activeAt: iso(line.active_at)
	};
}
