import { paragraphsOf } from '#src/core/web/server/page.ts';
import type { Db } from '#src/platform/server/db.ts';
import type { Block } from '#src/platform/server/letter.ts';
import { sourceLine, type Edition } from '../list.ts';
import { lastEdition } from './content.ts';

/** A list as a mail: all of it, to be read there. */
export async function listLetter(db: Db, listId: string): Promise<Block[]> {
	const edition = await lastEdition(db, listId);
	return edition ? blocksOf(edition) : [];
}

function blocksOf({ content, html }: Edition): Block[] {
	return [
		...texts(html.opening),
		...content.entries.flatMap((entry, at): Block[] => [
			...texts(html.entries[at]!.before),
			{ heading: `${at + 1}. ${entry.title}` },
			{ link: sourceLine(entry), href: entry.url, ...(entry.lesson && { note: 'Here for the lesson in it.' }) },
			...(entry.quote ? [{ quote: entry.quote }] : []),
			...texts(html.entries[at]!.why)
		]),
		...(html.closing ? [{ heading: 'The last word' }, ...texts(html.closing)] : [])
	];
}

const texts = (html: string): Block[] =>
	paragraphsOf(html)
		.split('\n')
		.filter(Boolean)
		.map((text) => ({ text }));
