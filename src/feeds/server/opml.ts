import type { Opml } from 'feedsmith';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { lineOf } from '#src/core/web/server/page.ts';
import { cleanUrl, parseUrl, urlKey } from '#src/core/web/url.ts';
import { decodeText } from '#src/platform/server/charset.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { Brought } from '../feed.ts';
import { findForPerson } from './rules/find.ts';
import { feed, feedSubscription } from './schema.ts';

interface Outline {
	text?: string;
	title?: string;
	xmlUrl?: string;
	outlines?: Outline[];
}

const MOST = 2000;
/** The generator refuses to write a list of nothing. */
const EMPTY =
	'<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0"><head><title>Feeds</title></head><body/></opml>\n';

/**
 * Takes over the feeds of another reader, with their folders. They are looked at in the next minutes.
 * @throws Failure invalid (opml) for what is none
 */
export async function bringOpml(db: Db, viewer: Viewer, bytes: Uint8Array): Promise<Brought> {
	const outlines = await read(bytes);
	const refused: string[] = [];
	const wanted = new Map<string, { url: URL; title: string; folder: string }>();
	for (const each of flatten(outlines, '')) {
		const url = parseUrl(each.url);
		if (!url) refused.push(`${each.title || each.url}: “${each.url.slice(0, 200)}” is no address of a feed`);
		else if (wanted.size >= MOST) refused.push(`${each.title || each.url}: ${MOST} feeds are taken at most`);
		else if (!wanted.has(urlKey(url))) wanted.set(urlKey(url), { ...each, url });
	}
	const added = await db.transaction(async (tx) => {
		let count = 0;
		for (const [key, { url, title, folder }] of wanted) {
			const feedId = await feedFor(tx, key, url);
			const values = { id: newId(), feedId, personId: viewer.id, title, folder, createdBy: viewer.id };
			count += (await tx.insert(feedSubscription).values(values).onConflictDoNothing().returning()).length;
		}
		await findForPerson(tx, viewer.id);
		return count;
	});
	return { added, there: wanted.size - added, refused };
}

async function read(bytes: Uint8Array): Promise<Outline[]> {
	const { parseOpml } = await import('feedsmith');
	try {
		return (parseOpml(decodeText(bytes)).body?.outlines ?? []) as Outline[];
	} catch {
		throw invalid({ opml: 'must be an OPML file, as feed readers export it' });
	}
}

/** Folders within folders become one, by their names. */
const flatten = (outlines: Outline[], folder: string): { url: string; title: string; folder: string }[] =>
	outlines.flatMap(({ text, title, xmlUrl, outlines: inner = [] }) => {
		const name = lineOf(title ?? text, 200);
		const own = xmlUrl ? [{ url: xmlUrl, title: name, folder }] : [];
		return [...own, ...flatten(inner, xmlUrl ? folder : lineOf([folder, name].filter(Boolean).join(' / '), 60))];
	});

async function feedFor(tx: Db, key: string, url: URL): Promise<string> {
	const find = () =>
		row<{ id: string }>(
			tx,
			sql`select id from feed where key = ${key} union all select feed_id from feed_address where key = ${key} limit 1`
		);
	const there = await find();
	if (there) return there.id;
	const values = { id: newId(), url: cleanUrl(url), key, host: url.hostname };
	await tx.insert(feed).values(values).onConflictDoNothing();
	return (await find())!.id;
}

/** The viewer's own feeds, with their folders, for another reader. */
export async function writeOpml(db: Db, viewer: Viewer): Promise<string> {
	const found = await rows<{ title: string; url: string; site_url: string; folder: string }>(
		db,
		sql`select coalesce(nullif(s.title, ''), f.title) as title, f.url, f.site_url, s.folder
			from feed_subscription s join feed f on f.id = s.feed_id where s.person_id = ${viewer.id}
			order by s.folder, lower(coalesce(nullif(s.title, ''), f.title))`
	);
	if (found.length === 0) return EMPTY;
	const { generateOpml } = await import('feedsmith');
	const outline = ({ title, url, site_url }: (typeof found)[number]): Opml.Outline<string> => ({
		...{ type: 'rss', text: title || url, title: title || url, xmlUrl: url },
		...(site_url && { htmlUrl: site_url })
	});
	const folders = Map.groupBy(found, ({ folder }) => folder);
	return generateOpml({
		head: { title: `Feeds of ${viewer.name}`, dateCreated: new Date().toUTCString() },
		body: {
			outlines: [...folders].flatMap(([folder, all]) =>
				folder ? [{ text: folder, title: folder, outlines: all.map(outline) }] : all.map(outline)
			)
		}
	}) as string;
}
