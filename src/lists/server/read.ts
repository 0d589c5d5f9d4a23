import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { linePage, presentLine, type LineRow } from '#src/core/items/server/list.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { plainText } from '#src/core/items/server/render.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { ListFilter } from '../input.ts';
import type { Edition, EditionContent, EditionHtml, ListRow, ListView, Shelf } from '../list.ts';
import { editionColumns, lastEdition, presentEdition, type EditionRow } from './content.ts';
import { isCurator } from './drafts.ts';
import { pulseBefore, readerOf } from './readers.ts';
import { presentShelf, shelfColumns, shelfTables, type ShelfColumns } from './shelves.ts';

/** A published list as it is read now. @throws Failure not_found */
export async function readList(db: Db, viewer: Viewer, id: string): Promise<ListView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'reading_list');
	const about = (await row<ShelfColumns & { begun_by: string; subscribed: boolean }>(
		db,
		sql`select l.begun_by, ${shelfColumns}, exists (select from reading_subscription u
				where u.shelf_id = l.shelf_id and u.person_id = ${viewer.id}) as subscribed
			from reading_list l, ${shelfTables} where sh.id = l.shelf_id and l.id = ${id}`
	))!;
	const edition = (await lastEdition(db, id))!;
	const reader = await readerOf(db, viewer, id);
	return {
		...item,
		...{ edition, shelf: presentShelf(about), subscribed: about.subscribed, canCurate: isCurator(viewer, about) },
		editions: await editionsOf(db, id),
		...{ ask: reader.due && reader.answer === null, answer: reader.answer },
		pulse: await pulseBefore(db, viewer, id)
	};
}

async function editionsOf(db: Db, id: string): Promise<ListView['editions']> {
	const found = await rows<Pick<EditionRow, 'number' | 'hash' | 'published_at'>>(
		db,
		sql`select number, hash, published_at from reading_edition where list_id = ${id} order by number desc`
	);
	return found.map(({ published_at, ...one }) => ({ ...one, publishedAt: new Date(published_at).toISOString() }));
}

export interface EditionView {
	list: { id: string; title: string };
	edition: Edition;
	/** The newest edition of the list, where this is an older one. */
	newer: { number: number; hash: string } | null;
}

/** An edition as it was published, however long ago. @throws Failure not_found */
export async function readEdition(db: Db, viewer: Viewer, id: string, hash: string): Promise<EditionView> {
	const found = isId(id)
		? await row<EditionRow & { title: string; last_number: number; last_hash: string }>(
				db,
				sql`select ${editionColumns}, i.title, last.number as last_number, last.hash as last_hash
					from reading_edition e join item i on i.id = e.list_id
					cross join lateral (select number, hash from reading_edition where list_id = e.list_id order by number desc limit 1) last
					where e.list_id = ${id} and e.hash = ${hash} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!found) throw notFound('There is no such edition, or it is not open to you.');
	const { title, last_number, last_hash, ...edition } = found;
	const newer = last_number > found.number ? { number: last_number, hash: last_hash } : null;
	return { list: { id, title }, edition: presentEdition(edition), newer };
}

interface PublishedRow extends LineRow, ShelfColumns {
	month: string;
	entries: number;
	html: EditionHtml;
}

const published = {
	columns: sql`to_char(l.month, 'YYYY-MM') as month, jsonb_array_length(e.content -> 'entries') as entries, e.html, ${shelfColumns}`,
	join: sql`join reading_list l on l.id = i.id join reading_shelf sh on sh.id = l.shelf_id
		left join person sp on sp.id = sh.person_id left join space ss on ss.id = sh.space_id
		join lateral (select content, html from reading_edition where list_id = l.id order by number desc limit 1) e on true`
};

/** Published lists the viewer may read, the liveliest first. */
export const listLists = (db: Db, viewer: Viewer, { shelf, ...filter }: ListFilter) =>
	linePage<PublishedRow, ListRow>(
		db,
		viewer,
		filter,
		{ ...published, where: shelf ? sql`l.shelf_id = ${shelf}` : sql`true` },
		(line) => ({
			...presentLine(viewer, line),
			...{ month: line.month, entries: line.entries, by: line.shelf_name, shelfId: line.shelf_id },
			opening: plainText(line.html.opening, 280)
		})
	);

export interface Series {
	shelf: Shelf;
	/** The newest first. */
	lists: { id: string; publishedAt: string; updatedAt: string; content: EditionContent; html: EditionHtml }[];
}

/** The lists of a person or a space that the viewer may read: what goes out as a feed. @throws Failure not_found without any */
export async function readSeries(db: Db, viewer: Viewer, shelfId: string): Promise<Series> {
	const found = isId(shelfId)
		? await rows<ShelfColumns & EditionRow & { id: string; first_at: string }>(
				db,
				sql`select l.id, l.published_at as first_at, ${editionColumns}, ${shelfColumns}
					from ${shelfTables} join reading_list l on l.shelf_id = sh.id join item i on i.id = l.id
					join lateral (select * from reading_edition where list_id = l.id order by number desc limit 1) e on true
					where sh.id = ${shelfId} and i.state = 'open' and ${visibleItems(viewer, 'i')}
					order by l.month desc limit 50`
			)
		: [];
	if (!found[0]) throw notFound('There are no lists here that are open to you.');
	return {
		shelf: presentShelf(found[0]),
		lists: found.map(({ id, first_at, published_at, content, html }) => ({
			...{ id, content, html },
			publishedAt: new Date(first_at).toISOString(),
			updatedAt: new Date(published_at).toISOString()
		}))
	};
}
