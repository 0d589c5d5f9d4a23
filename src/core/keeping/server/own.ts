import { ownFile, type OwnList } from '#src/core/export/server/own.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { readMarked } from './highlights.ts';
import { listKept } from './read.ts';

/** All that somebody keeps, with note, tags, text and highlights, for their archive; of items only what they may still read. */
async function* ownKept(db: Db, viewer: Viewer): AsyncGenerator<unknown> {
	let cursor: string | undefined;
	do {
		const page = await listKept(db, viewer, { limit: 100, cursor });
		for (const { id } of page.items) yield await readMarked(db, viewer, id);
		cursor = page.next ?? undefined;
	} while (cursor);
}

export const ownKeeping: OwnList[] = [
	{
		name: 'kept',
		about: 'what you kept for yourself, with your notes, your highlights and the text as it was kept',
		list: ownKept
	},
	ownFile(
		'kept-count',
		'since when you do not want to be counted among those who keep something; empty where you are',
		(me) => sql`select since from kept_uncounted where person_id = ${me}`
	)
];
