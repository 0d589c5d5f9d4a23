import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { renderBody } from '#src/core/items/server/body.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { cleanUrl, siteOf, urlKey } from '#src/core/web/url.ts';
import { untitled } from './share.ts';

/** A link kept elsewhere, to be shared here. */
export interface Kept {
	url: string;
	title: string;
	bodyMd: string;
	tags: string[];
	/** ISO 8601. */
	addedAt: string;
}

export interface BroughtCounts {
	written: number;
	/** Already in the space, or twice in what was brought. */
	present: number;
}

/** The job that queues looks at pages that are due: it takes what was brought as well. */
export const DUE = 'links.due';
const BATCH = 200;

/**
 * Brings many links into a space, each with the time at which it was kept. Those that the
 * space has already stay as they are, so doing it again changes nothing. Nobody is notified.
 * @param source what they come from: `karakeep`
 * @throws Failure forbidden for people outside the space
 */
export async function bringLinks(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	source: string,
	links: readonly Kept[]
): Promise<BroughtCounts> {
	allow(canWriteIn(viewer, { spaceId }), 'Join the space to share in it.');
	return writeLinks(db, viewer, spaceId, source, links);
}

/** The same for whoever runs the command line, who may write everywhere. */
export async function writeLinks(
	db: Db,
	author: Viewer,
	spaceId: string,
	source: string,
	links: readonly Kept[]
): Promise<BroughtCounts> {
	const first = new Map<string, Kept>();
	for (const link of links) {
		const key = urlKey(new URL(link.url));
		if (!first.has(key)) first.set(key, link);
	}
	const all = [...first];
	let written = 0;
	for (let from = 0; from < all.length; from += BATCH) {
		const batch = all.slice(from, from + BATCH);
		written += await db.transaction((tx) => writeBatch(tx, author, spaceId, `links:${source}`, batch));
	}
	if (written > 0)
		await db.transaction(async (tx) => {
			await emit(tx, 'items.imported', { source: `links:${source}` });
			await enqueue(tx, DUE, {});
		});
	return { written, present: links.length - written };
}

/** The links of a space that stand for these addresses, by address. */
export async function linksAt(db: Db, spaceId: string, urls: readonly string[]): Promise<Map<string, string>> {
	const keys = new Map(urls.map((url) => [url, urlKey(new URL(url))]));
	const found = await rows<{ key: string; item_id: string }>(
		db,
		sql`select key, item_id from link_address where space_id = ${spaceId} and key = any(${array([...keys.values()], 'text')})`
	);
	const ids = new Map(found.map(({ key, item_id }) => [key, item_id]));
	return new Map([...keys].flatMap(([url, key]) => (ids.has(key) ? [[url, ids.get(key)!] as const] : [])));
}

async function writeBatch(tx: Db, author: Viewer, spaceId: string, source: string, batch: [string, Kept][]) {
	const keys = array(
		batch.map(([key]) => key),
		'text'
	);
	await tx.execute(sql`delete from link_address a using item i
		where a.space_id = ${spaceId} and a.key = any(${keys}) and i.id = a.item_id and i.state = 'removed'`);
	const known = await rows<{ key: string }>(
		tx,
		sql`select key from link_address where space_id = ${spaceId} and key = any(${keys})`
	);
	const fresh = batch.filter(([key]) => !known.some((one) => one.key === key));
	if (fresh.length === 0) return 0;
	const items = [];
	for (const [key, { url, title, bodyMd, tags, addedAt }] of fresh) {
		const { bodyHtml } = bodyMd ? await renderBody(tx, author, bodyMd) : { bodyHtml: '' };
		const address = cleanUrl(new URL(url));
		items.push({
			...{ id: newId(), key, url: address, site: siteOf(address), titled: title !== '' },
			...{ title: title || untitled(address), bodyMd, bodyHtml, tags, addedAt }
		});
	}
	const made = await rows(
		tx,
		sql`with r as materialized (select * from json_to_recordset(${JSON.stringify(items)}::text::json) as r(
				id uuid, key text, url text, site text, titled boolean, title text, "bodyMd" text, "bodyHtml" text, tags text[], "addedAt" timestamptz)),
			written as (
				insert into item (id, kind, space_id, author_id, title, body_md, body_html, tags, provenance, created_at, updated_at, active_at)
				select id, 'link', ${spaceId}, ${author.id}, title, "bodyMd", "bodyHtml", coalesce(tags, '{}'),
					jsonb_build_object('source', ${source}::text, 'id', ${spaceId}::text || ' ' || id), "addedAt", "addedAt", "addedAt" from r returning id),
			revised as (
				insert into revision (item_id, version, title, body_md, tags, editor_id, created_at)
				select id, 1, title, "bodyMd", coalesce(tags, '{}'), ${author.id}, "addedAt" from r),
			linked as (insert into link (item_id, url, key, titled, site) select id, url, key, titled, site from r)
			insert into link_address (space_id, key, item_id) select ${spaceId}, key, id from r returning item_id`
	);
	return made.length;
}
