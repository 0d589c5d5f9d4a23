import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { KeepNote } from '#src/core/keeping/input.ts';
import { keep, type Kept } from '#src/core/keeping/server/keep.ts';
import type { Db } from '#src/platform/server/db.ts';
import { readEntry } from './entry.ts';

/** Keeps an entry of a feed with all it says: it stays when the feed forgets it. @throws Failure not_found */
export async function keepEntry(db: Db, viewer: Viewer, entryId: string, input: KeepNote): Promise<Kept> {
	const { id, url, title, author, sources, publishedAt, html } = await readEntry(db, viewer, entryId);
	return keep(db, viewer, { entryId: id, url, title, author, site: sources[0]?.title, publishedAt, html }, input);
}
