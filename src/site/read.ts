import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { file } from '#src/core/files/server/schema.ts';
import type { FileRow } from '#src/core/files/server/store.ts';
import { itemKinds } from '#src/core/items/kinds.ts';
import { iso, presentAuthor, type AuthorColumns } from '#src/core/items/server/present.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { inArray } from 'drizzle-orm';

/** Where something stands: the item at the top has a page, what is beneath it a place there. */
export interface Place {
	id: string;
	kind: string;
	rootId: string;
	title: string;
}

/** A text of a page: the item itself, or what stands beneath it. */
export interface Piece {
	id: string;
	kind: string;
	rootId: string;
	parentId: string | null;
	title: string;
	bodyHtml: string;
	tags: string[];
	author: string;
	/** ISO 8601. */
	createdAt: string;
	updatedAt: string | null;
}

/** Every item of the space that the viewer may read, with what stands beneath it. */
export async function placesOf(db: Db, viewer: Viewer, spaceId: string): Promise<Map<string, Place>> {
	const kinds = array(
		itemKinds.map(({ kind }) => kind),
		'text'
	);
	const found = await rows<Place>(
		db,
		sql`with recursive thread as (
				select i.id, i.kind, i.id as root_id, i.title, i.created_at from item i
				where i.space_id = ${spaceId} and i.parent_id is null and i.state = 'open' and i.kind = any(${kinds})
					and ${visibleItems(viewer, 'i')}
				union all
				select i.id, i.kind, t.root_id, i.title, i.created_at from item i join thread t on i.parent_id = t.id
				where ${visibleItems(viewer, 'i')}
			)
			select id, kind, root_id as "rootId", title from thread order by lower(title), id`
	);
	return new Map(found.map((place) => [place.id, place]));
}

interface Found extends AuthorColumns {
	id: string;
	kind: string;
	parent_id: string | null;
	title: string;
	body_html: string;
	tags: string[];
	version: number;
	created_at: string;
	updated_at: string;
}

/**
 * The texts of these places, the oldest first. A site is for others than the viewer, so
 * their own anonymous items are without a name too.
 */
export async function piecesOf(db: Db, viewer: Viewer, places: Place[]): Promise<Piece[]> {
	const roots = new Map(places.map(({ id, rootId }) => [id, rootId]));
	const found = await rows<Found>(
		db,
		sql`select i.id, i.kind, i.parent_id, i.title, i.body_html, i.tags, i.version, i.created_at, i.updated_at,
				i.anonymous, i.author_id, p.name as author_name, p.image as author_image
			from item i join person p on p.id = i.author_id
			where i.id = any(${array([...roots.keys()], 'uuid')}) and ${visibleItems(viewer, 'i')}
			order by i.created_at, i.id`
	);
	return found.map((piece) => ({
		...{ id: piece.id, kind: piece.kind, rootId: roots.get(piece.id)!, parentId: piece.parent_id },
		...{ title: piece.title, bodyHtml: piece.body_html, tags: piece.tags },
		author: piece.anonymous ? 'Anonymous' : presentAuthor(viewer, piece).name,
		createdAt: iso(piece.created_at),
		updatedAt: piece.version > 1 ? iso(piece.updated_at) : null
	}));
}

/** The files that these items show, of the ids given: no other file goes into a site, whoever may read it. */
export async function filesOf(db: Db, itemIds: string[], fileIds: string[]): Promise<Map<string, FileRow>> {
	if (itemIds.length === 0 || fileIds.length === 0) return new Map();
	const linked = sql`exists (select 1 from item_file f where f.file_id = file.id and f.item_id = any(${array(itemIds, 'uuid')}))`;
	const found = await db
		.select()
		.from(file)
		.where(sql`${inArray(file.id, fileIds)} and ${linked}`);
	return new Map(found.map((one) => [one.id, one]));
}
