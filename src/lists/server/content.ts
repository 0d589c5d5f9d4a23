import { renderMarkdown } from '#src/core/items/server/render.ts';
import { contentHash, inOneForm } from '#src/platform/server/content-hash.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { dayInWords } from '#src/platform/day.ts';
import {
	sourceLine,
	type Edition,
	type EditionContent,
	type EditionHtml,
	type PickView,
	type Shelf,
	type Update
} from '../list.ts';

interface Words {
	title: string;
	month: string;
	opening: string;
	closing: string;
}

/** What an edition of a list holds, as it stands now. */
export function contentOf(list: Words, shelf: Shelf, picks: PickView[], updates: Update[]): EditionContent {
	return {
		...{ title: list.title, month: list.month, by: shelf.name, opening: list.opening },
		entries: picks.map(({ find, before, why, quote, lesson }) => ({
			...{ url: find.url, title: find.title, author: find.author, site: find.site },
			...{ publishedOn: find.publishedOn, foundOn: find.foundOn, before, why, quote, lesson }
		})),
		...{ closing: list.closing, updates }
	};
}

/** Whether two say the same, whatever was said of their updates. */
export const sameWork = (one: EditionContent, other: EditionContent) =>
	inOneForm({ ...one, updates: [], by: '' }) === inOneForm({ ...other, updates: [], by: '' });

/** The name of an edition: SHA-256 of its content as JSON, with the names of each object in order. */
export const hashOf = (content: EditionContent) => contentHash(content);

/** Its texts, rendered and sanitised once. */
export const htmlOf = ({ opening, entries, closing }: EditionContent): EditionHtml => ({
	opening: renderMarkdown(opening),
	entries: entries.map(({ before, why }) => ({ before: renderMarkdown(before), why: renderMarkdown(why) })),
	closing: renderMarkdown(closing)
});

/** A list as one text: what search finds, exports hold, and the history compares. */
export function markdownOf({ opening, entries, closing, updates }: EditionContent): string {
	const parts = [
		opening,
		...entries.flatMap((entry, at) => [
			entry.before,
			`**${at + 1}. [${plain(entry.title)}](<${entry.url}>)**  \n${plain(sourceLine(entry))}`,
			entry.quote && entry.quote.replace(/^/gm, '> '),
			entry.why
		]),
		closing,
		...updates.map(({ on, text, url }) => `**UPDATE ${dayInWords(on)}:** ${text}${url ? ` <${url}>` : ''}`)
	];
	return parts.filter(Boolean).join('\n\n');
}

/** A text that means no more than its letters. */
const plain = (text: string) => text.replace(/[\\`*_[\]<>~|#]/g, (mark) => `\\${mark}`);

/** The columns of an edition `e`. */
export const editionColumns = sql`e.number, e.hash, e.content, e.html, e.published_at`;

export interface EditionRow {
	number: number;
	hash: string;
	content: EditionContent;
	html: EditionHtml;
	published_at: string;
}

export const presentEdition = ({ published_at, ...edition }: EditionRow): Edition => ({
	...edition,
	publishedAt: new Date(published_at).toISOString()
});

/** What readers see of a list now; undefined before it was published. */
export async function lastEdition(db: Db, listId: string): Promise<Edition | undefined> {
	const found = await row<EditionRow>(
		db,
		sql`select ${editionColumns} from reading_edition e where e.list_id = ${listId} order by e.number desc limit 1`
	);
	return found && presentEdition(found);
}
