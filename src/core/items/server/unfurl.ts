import { eq } from 'drizzle-orm';
import sanitize from 'sanitize-html';
import { loadViewer } from '#src/core/access/server/viewer.ts';
import { decodeText } from '#src/platform/server/charset.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { politely } from '#src/platform/server/polite.ts';
import { FetchRefused, type Fetch } from '#src/platform/server/safe-fetch.ts';
import { renderBody } from './body.ts';
import type { LinkPreview } from './markdown-rules.ts';
import { linksAloneIn, plainText } from './render.ts';
import { item, linkPreview } from './schema.ts';

/** How long a page's words about itself are good. */
const FRESH = sql`now() - interval '7 days'`;

/**
 * Reads the pages an item links to from lines of their own, and shows each as a card in
 * its text. Doing it again changes nothing.
 */
export async function unfurlLinks(db: Db, itemId: string, fetch: Fetch = politely(db)): Promise<void> {
	const [written] = await db.select().from(item).where(eq(item.id, itemId));
	const urls = written ? linksAloneIn(written.bodyMd) : [];
	if (!written || urls.length === 0) return;
	for (const url of await unknownOf(db, urls)) await keep(db, url, await readPage(url, fetch));
	await renderAgain(db, itemId);
}

/** Whether an item names an address at all: most do not, and need no job. */
export async function hasLinks(db: Db, itemId: string): Promise<boolean> {
	const found = await rows(db, sql`select 1 from item where id = ${itemId} and body_md ~ 'https?://'`);
	return found.length > 0;
}

async function unknownOf(db: Db, urls: string[]): Promise<string[]> {
	const known = await rows<{ url: string }>(
		db,
		sql`select url from link_preview where url = any(${array(urls, 'text')}) and fetched_at > ${FRESH}`
	);
	return urls.filter((url) => !known.some((row) => row.url === url));
}

async function keep(db: Db, url: string, page: LinkPreview | undefined): Promise<void> {
	const values = { ...(page ?? { title: null, site: '', description: '' }), fetchedAt: sql`now()` };
	await db
		.insert(linkPreview)
		.values({ url, ...values })
		.onConflictDoUpdate({ target: linkPreview.url, set: values });
}

/** Only the HTML changes: same version, same time. The lock keeps an edit of the same moment from being undone. */
async function renderAgain(db: Db, itemId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const [current] = await tx.select().from(item).where(eq(item.id, itemId)).for('update');
		const author = current && (await loadViewer(tx, current.authorId));
		if (!author) return;
		const { bodyHtml } = await renderBody(tx, author, current.bodyMd);
		await tx.update(item).set({ bodyHtml }).where(eq(item.id, itemId));
	});
}

async function readPage(url: string, fetch: Fetch): Promise<LinkPreview | undefined> {
	const bounds = { types: ['text/html', 'application/xhtml+xml'], maxBytes: 512 * 1024, cut: true, timeout: 8_000 };
	try {
		const { body, status, headers, url: found } = await fetch(url, bounds);
		return status === 200 ? describe(decodeText(body, headers['content-type']), new URL(found).hostname) : undefined;
	} catch (error) {
		if (error instanceof FetchRefused) return undefined;
		throw error;
	}
}

/** What a page says of itself: its Open Graph words, else its title and description. */
export function describe(html: string, host: string): LinkPreview | undefined {
	const said: Record<string, string> = {};
	sanitize(html, {
		allowedTags: ['title'],
		allowedAttributes: {},
		onOpenTag(name, { property, name: key, content }) {
			if (name === 'meta' && content) said[(property ?? key ?? '').toLowerCase()] ??= content;
		},
		textFilter(text, tag) {
			if (tag === 'title') said.title = (said.title ?? '') + text;
			return '';
		}
	});
	const title = short(said['og:title'] || plainText(said.title ?? ''), 200);
	if (!title) return undefined;
	const description = short(said['og:description'] || said.description, 300);
	return { title, site: short(said['og:site_name'] || host.replace(/^www\./, ''), 100), description };
}

function short(text = '', max: number): string {
	// eslint-disable-next-line no-control-regex
	const line = text.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069\s]+/g, ' ').trim();
	return line.length > max ? `${line.slice(0, max - 1).trimEnd()}…` : line;
}
