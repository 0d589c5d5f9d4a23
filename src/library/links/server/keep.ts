import { eq } from 'drizzle-orm';
import { item } from '#src/core/items/server/schema.ts';
import { putParts, type ItemPart } from '#src/core/search/server/parts.ts';
import { escapeHtml } from '#src/platform/html.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { countWords } from '#src/core/web/server/page.ts';
import { link, linkSnapshot } from './schema.ts';

/** What a page says, where it is told and not read. */
export interface ToldPage {
	title: string;
	site: string;
	author: string;
	/** ISO 8601. */
	published: string | null;
	description: string;
	/** Empty: the page is gone. */
	paragraphs: string[];
}

/** Far enough away that a page which is told is never looked at. */
const NEVER = sql`now() + interval '10 years'`;

/** Keeps what is told of a page as if it had been read: for pages that exist in an example only. */
export async function keepPage(tx: Db, itemId: string, { paragraphs, ...page }: ToldPage): Promise<void> {
	const [before] = await tx.select().from(link).where(eq(link.itemId, itemId));
	const change =
		paragraphs.length === 0 ? gone : await keepText(tx, itemId, before!.snapshot + 1, page.title, paragraphs);
	await tx
		.update(link)
		.set({
			...{ site: page.site, author: page.author, description: page.description, lookedAt: sql`now()` },
			publishedAt: page.published ? new Date(page.published) : null,
			...{ nextLookAt: NEVER, ...change }
		})
		.where(eq(link.itemId, itemId));
	await tx.update(item).set({ title: page.title }).where(eq(item.id, itemId));
	await tx.execute(sql`update revision set title = ${page.title} where item_id = ${itemId}`);
}

const gone = {
	...{ state: 'gone' as const, problem: 'The server says that there is no such page (404).', failures: 3 },
	lostAt: sql`now()`
};

async function keepText(tx: Db, itemId: string, version: number, title: string, paragraphs: string[]) {
	const text = paragraphs.join('\n');
	const html = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('');
	await tx.insert(linkSnapshot).values({ itemId, version, title, html, text });
	await putParts(tx, itemId, partsOf(text));
	return { state: 'page' as const, snapshot: version, words: countWords(text), seenAt: sql`now()` };
}

/** About so many letters of a text are found by themselves. */
const PART = 2000;

/** A kept text as search takes it: whole paragraphs together. */
export function partsOf(text: string): ItemPart[] {
	const parts: string[] = [];
	for (const paragraph of text.split('\n')) {
		for (let at = 0; at < paragraph.length; at += 2 * PART) {
			const piece = paragraph.slice(at, at + 2 * PART);
			const last = parts.at(-1);
			if (last !== undefined && last.length + piece.length < PART) parts[parts.length - 1] = `${last}\n${piece}`;
			else parts.push(piece);
		}
	}
	return parts.map((part) => ({ locator: 'In the page', suffix: '#kept', text: part }));
}
