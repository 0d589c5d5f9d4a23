import { and, eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { BookmarkNote } from '../actions-input.ts';
import { iso } from './present.ts';
import { bookmark } from './schema.ts';

/** One bookmark as its owner sees it; an answer or comment is named by what it belongs to. */
export interface Bookmark {
	itemId: string;
	kind: string;
	title: string;
	/** The item whose page shows it. */
	pageId: string;
	pageKind: string;
	spaceName: string;
	note: string;
	createdAt: string;
}

/** Keeps an item for oneself, with a note nobody else sees; again changes the note. */
export async function addBookmark(db: Db, viewer: Viewer, itemId: string, { note }: BookmarkNote): Promise<void> {
	const found = await row(db, sql`select 1 from item i where i.id = ${itemId} and ${visibleItems(viewer, 'i')}`);
	if (!found) throw notFound();
	await db
		.insert(bookmark)
		.values({ personId: viewer.id, itemId, note })
		.onConflictDoUpdate({ target: [bookmark.personId, bookmark.itemId], set: { note } });
}

export async function removeBookmark(db: Db, viewer: Viewer, itemId: string): Promise<void> {
	await db.delete(bookmark).where(and(eq(bookmark.personId, viewer.id), eq(bookmark.itemId, itemId)));
}

/** The viewer's bookmarks, newest first. @param before the last one's time, for the next page */
export async function bookmarks(db: Db, viewer: Viewer, { before = '', limit = 30 } = {}): Promise<Bookmark[]> {
	const found = await rows<{
		item_id: string;
		kind: string;
		title: string;
		page_id: string;
		page_kind: string;
		space_name: string;
		note: string;
		created_at: string;
	}>(
		db,
		sql`select b.item_id, i.kind, page.title, page.id as page_id, page.kind as page_kind, s.name as space_name,
				b.note, b.created_at
			from bookmark b
			join item i on i.id = b.item_id
			left join item up on up.id = i.parent_id
			join item page on page.id = coalesce(up.parent_id, i.parent_id, i.id)
			join space s on s.id = i.space_id
			where b.person_id = ${viewer.id} and ${visibleItems(viewer, 'i')} and page.state <> 'removed'
				and (${before} = '' or b.created_at < nullif(${before}, '')::timestamptz)
			order by b.created_at desc limit ${limit}`
	);
	return found.map((b) => ({
		...{ itemId: b.item_id, kind: b.kind, title: b.title, pageId: b.page_id, pageKind: b.page_kind },
		...{ spaceName: b.space_name, note: b.note, createdAt: iso(b.created_at) }
	}));
}
