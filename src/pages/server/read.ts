import { canEdit, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { iso, presentAuthor, type AuthorColumns } from '#src/core/items/server/present.ts';
import type { Provenance } from '#src/core/items/server/schema.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { PageComment, PageView } from '../page.ts';

interface Found extends AuthorColumns {
	id: string;
	title: string;
	body_html: string;
	tags: string[];
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
	space_id: string;
	slug: string;
	space_name: string;
	provenance: Provenance | null;
}

/** A page with its comments and its place among others. @throws Failure not_found */
export async function readPage(db: Db, viewer: Viewer, id: string): Promise<PageView> {
	const found = isId(id) ? await row<Found>(db, pageQuery(viewer, id)) : undefined;
	if (!found) throw notFound('This page does not exist, or is not open to you.');
	const about = { spaceId: found.space_id, authorId: found.author_id };
	return {
		...{ id: found.id, title: found.title, bodyHtml: found.body_html, tags: found.tags, state: found.state },
		author: presentAuthor(viewer, found),
		space: { slug: found.slug, name: found.space_name },
		version: found.version,
		createdAt: iso(found.created_at),
		editedAt: found.version > 1 ? iso(found.updated_at) : null,
		...{ helpedCount: found.helped_count, helpedMinutes: found.helped_minutes, flags: found.flags },
		mine: { helped: found.helped, bookmarked: found.bookmarked, flagged: found.flagged },
		canEdit: canEdit(viewer, about),
		canWrite: canWriteIn(viewer, about),
		...(await placeOf(db, viewer, found)),
		comments: await commentsOn(db, viewer, found.id)
	};
}

const pageQuery = (viewer: Viewer, id: string) => sql`
	select i.id, i.title, i.body_html, i.tags, i.state, i.version, i.created_at, i.updated_at, i.helped_count, i.helped_minutes,
		i.provenance, i.space_id, s.slug, s.name as space_name,
		i.anonymous, i.author_id, p.name as author_name, p.image as author_image,
		exists (select 1 from helped h where h.item_id = i.id and h.person_id = ${viewer.id}) as helped,
		exists (select 1 from bookmark b where b.item_id = i.id and b.person_id = ${viewer.id}) as bookmarked,
		exists (select 1 from flag f where f.item_id = i.id and f.person_id = ${viewer.id} and f.settled_at is null) as flagged,
		(select count(*)::int from flag f where f.item_id = i.id and f.settled_at is null) as flags
	from item i join space s on s.id = i.space_id join person p on p.id = i.author_id
	where i.id = ${id} and i.kind = 'page' and ${visibleItems(viewer, 'i')}`;

const INDEXES = ['index.md', 'README.md', 'readme.md', '_index.md', 'index.mdx', 'README.mdx'];

/** An imported page knows its folder: its way from the top, and its neighbours. */
async function placeOf(db: Db, viewer: Viewer, { id, provenance }: Found): Promise<Pick<PageView, 'path' | 'beside'>> {
	if (!provenance) return { path: [], beside: [] };
	const folders = provenance.id.split('/').slice(0, -1);
	const prefixes = folders.map((_, index) => `${folders.slice(0, index + 1).join('/')}/`);
	const indexes = prefixes.flatMap((prefix) => INDEXES.map((name) => prefix + name));
	const own = prefixes.at(-1) ?? '';
	const beside = sql`starts_with(i.provenance ->> 'id', ${own}) and position('/' in substr(i.provenance ->> 'id', ${own.length + 1})) = 0`;
	const found = await rows<{ id: string; title: string; ref: string; is_beside: boolean }>(
		db,
		sql`select i.id, i.title, i.provenance ->> 'id' as ref, ${beside} as is_beside from item i
			where i.provenance is not null and i.provenance ->> 'source' = ${provenance.source} and i.kind = 'page'
				and i.state = 'open' and ${visibleItems(viewer, 'i')}
				and (i.provenance ->> 'id' = any(${array(indexes, 'text')}) or ${beside})
			order by ref limit 300`
	);
	const pageAt = (prefix: string) => found.find(({ ref }) => INDEXES.some((name) => ref === prefix + name));
	const neighbours = found.filter(({ is_beside }) => is_beside).map(({ id, title }) => ({ id, title }));
	return {
		path: prefixes.map((prefix, index) => {
			const page = pageAt(prefix);
			return { name: page?.title ?? nameOf(folders[index]!), pageId: page && page.id !== id ? page.id : null };
		}),
		beside: neighbours.length > 1 ? neighbours : []
	};
}

/** `01-getting_started` is "Getting started". */
function nameOf(folder: string): string {
	const words = folder.replace(/^\d+[-_.]/, '').replace(/[-_]+/g, ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}

interface CommentRow extends AuthorColumns {
	id: string;
	body_html: string;
	created_at: string;
	space_id: string;
}

async function commentsOn(db: Db, viewer: Viewer, pageId: string): Promise<PageComment[]> {
	const found = await rows<CommentRow>(
		db,
		sql`select i.id, i.body_html, i.created_at, i.space_id, i.anonymous, i.author_id, p.name as author_name, p.image as author_image
			from item i join person p on p.id = i.author_id
			where i.parent_id = ${pageId} and i.kind = 'comment' and ${visibleItems(viewer, 'i')} order by i.created_at, i.id`
	);
	return found.map((comment) => ({
		id: comment.id,
		author: presentAuthor(viewer, comment),
		bodyHtml: comment.body_html,
		createdAt: iso(comment.created_at),
		canEdit: canEdit(viewer, { spaceId: comment.space_id, authorId: comment.author_id })
	}));
}
