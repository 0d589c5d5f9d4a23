import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import type { KeepNote } from '#src/core/keeping/input.ts';
import { colleaguesWhoKeep } from '#src/core/keeping/server/colleagues.ts';
import { keepItem, type Kept } from '#src/core/keeping/server/keep.ts';
import { readEntry } from '#src/feeds/server/entry.ts';
import { keepersOf } from '#src/feeds/server/keepers.ts';
import { readLink } from '#src/library/links/server/read.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';

/** How many colleagues keep an item, or the page a link is about: at least so many, 0 for nothing to tell. */
export async function keepersOfItem(db: Db, viewer: Viewer, itemId: string): Promise<number> {
	const found = await row<{ key: string | null }>(
		db,
		sql`select l.key from item i left join link l on l.item_id = i.id where i.id = ${itemId} and ${visibleItems(viewer, 'i')}`
	);
	if (!found) throw notFound();
	return colleaguesWhoKeep(db, viewer, itemId, found.key ?? '');
}

/** The same for an entry of a feed. */
export async function keepersOfEntry(db: Db, viewer: Viewer, entryId: string): Promise<number> {
	const { id } = await readEntry(db, viewer, entryId);
	return (await keepersOf(db, viewer, [id]))[id] ?? 0;
}

/** Keeps an item of any kind; a link with its page, so that this is kept once wherever it was found. @throws Failure not_found */
export async function keepAnyItem(db: Db, viewer: Viewer, itemId: string, input: KeepNote): Promise<Kept> {
	const found = await row<{ kind: string }>(db, sql`select kind from item where id = ${itemId}`);
	if (found?.kind !== 'link') return keepItem(db, viewer, itemId, input);
	const { page, kept } = await readLink(db, viewer, itemId);
	const { url, author, site, publishedAt } = page;
	// Its title may be a colleague's words: that stays with the link.
	return keepItem(db, viewer, itemId, input, {
		url,
		author,
		site,
		publishedAt,
		html: kept?.html,
		isRead: kept !== null
	});
}
