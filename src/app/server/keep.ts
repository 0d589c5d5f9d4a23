import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { KeepNote } from '#src/core/keeping/input.ts';
import { keepItem, type Kept } from '#src/core/keeping/server/keep.ts';
import { readLink } from '#src/library/links/server/read.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';

/** Keeps an item of any kind; a link with its page, so that this is kept once wherever it was found. @throws Failure not_found */
export async function keepAnyItem(db: Db, viewer: Viewer, itemId: string, input: KeepNote): Promise<Kept> {
	const found = await row<{ kind: string }>(db, sql`select kind from item where id = ${itemId}`);
	if (found?.kind !== 'link') return keepItem(db, viewer, itemId, input);
	const { page, kept } = await readLink(db, viewer, itemId);
	const { url, author, site, publishedAt } = page;
	// Its title may be a colleague's words: that stays with the link.
	return keepItem(db, viewer, itemId, input, { url, author, site, publishedAt, html: kept?.html });
}
