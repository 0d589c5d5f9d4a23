import type { Viewer } from '#src/core/access/server/viewer.ts';
import { newEdition, newFind, newList, pickEdit } from '#src/lists/input.ts';
import { beginList } from '#src/lists/server/drafts.ts';
import { collect } from '#src/lists/server/finds.ts';
import { pick, writePick } from '#src/lists/server/picks.ts';
import { publishList } from '#src/lists/server/publish.ts';
import type { Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';

/** A link that somebody found; give more to differ from the default. */
export async function aFind(db: Db, viewer: Viewer, more: Record<string, unknown> = {}): Promise<string> {
	const facts = { url: `https://reads.example/${newId()}`, title: 'Counting twice', author: 'A. Reader' };
	return (
		await collect(db, viewer, parse(newFind, { ...facts, foundOn: '2030-03-05', publishedOn: '2030-02-20', ...more }))
	).id;
}

/** A list of March 2030 that is being written, with so many entries that say why. */
export async function aDraftList(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	{ entries = 2, month = '2030-03', of = 'me' as 'me' | 'space' } = {}
): Promise<string> {
	const id = await beginList(db, viewer, parse(newList, { month, of, spaceId }));
	for (let at = 1; at <= entries; at += 1) {
		const found = await aFind(db, viewer, { title: `Entry ${at}`, ...(of === 'space' && { spaceId }) });
		const picked = await pick(db, viewer, id, found);
		await writePick(db, viewer, id, picked, parse(pickEdit, { why: `Why ${at}.`, version: 1 }));
	}
	return id;
}

/** The same, published. */
export async function aList(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	more: Parameters<typeof aDraftList>[3] = {}
): Promise<string> {
	const id = await aDraftList(db, viewer, spaceId, more);
	await publishList(db, viewer, id, parse(newEdition, {}));
	return id;
}
