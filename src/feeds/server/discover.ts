import { Parser } from 'htmlparser2';
import { lineOf } from '#src/core/web/server/page.ts';
import { parseUrl } from '#src/core/web/url.ts';
import { decodeText } from '#src/platform/server/charset.ts';
import type { Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { politely, somebodyWaits } from '#src/platform/server/polite.ts';
import { FetchRefused, type Fetch } from '#src/platform/server/safe-fetch.ts';
import { lookAtFeed, type FeedLook } from './reading/look.ts';

/** A feed that an address leads to. */
export interface Candidate {
	url: string;
	title: string;
	/** How it reads: empty until it was looked at. */
	format: string;
}

export type Read = Extract<FeedLook, { kind: 'feed' }>;

const FEED_TYPE = /^application\/(rss|atom|rdf|feed)\+(xml|json)$|^application\/json$|^(text|application)\/xml$/i;
/** Where sites keep feeds that their pages do not name. */
const USUAL = ['/feed', '/rss.xml', '/atom.xml', '/feed.xml', '/index.xml', '/feed.json'];
const MOST = 12;

/**
 * The feeds behind an address: the address itself, what its page names, a channel of YouTube, or where sites usually
 * keep them.
 * @returns what was found, and the reading of the first where it was read already
 * @throws Failure invalid (url) with what is there instead
 */
export async function discoverFeeds(
	db: Db,
	typed: string,
	fetch: Fetch = politely(db, somebodyWaits)
): Promise<{ candidates: Candidate[]; read?: Read }> {
	const url = parseUrl(typed)!;
	const look = await lookAtFeed(url.href, fetch);
	if (look.kind === 'feed') return { candidates: [asCandidate(url.href, look)], read: look };
	if (look.kind === 'gone') throw invalid({ url: 'is gone for good, says its server (410)' });
	if (look.kind === 'rests' || (look.kind === 'failed' && !look.isPage))
		throw invalid({ url: `cannot be read as a feed. ${look.message.replace(/\.$/, '')}` });
	const named = await feedsNamedBy(url, fetch);
	if (named.length > 0) return { candidates: named };
	const usual = await firstUsual(url, fetch);
	if (usual) return usual;
	throw invalid({ url: 'leads to a page that names no feed; look for its RSS or Atom link' });
}

const asCandidate = (url: string, { feed }: Read): Candidate => ({ url, title: feed.title, format: feed.format });

async function feedsNamedBy(url: URL, fetch: Fetch): Promise<Candidate[]> {
	try {
		const bounds = { types: ['text/html', 'application/xhtml+xml'], maxBytes: 1024 * 1024, cut: true };
		const page = await fetch(url.href, bounds);
		return feedsIn(decodeText(page.body, page.headers['content-type']), page.url);
	} catch (error) {
		if (error instanceof FetchRefused) return [];
		throw error;
	}
}

/** What a page's `<link rel="alternate">` elements name, in their order. */
export function feedsIn(html: string, base: string): Candidate[] {
	const found = new Map<string, Candidate>();
	const parser = new Parser({
		onopentag(name, { rel = '', type = '', href = '', title = '' }) {
			if (name !== 'link' || !/\b(alternate|feed)\b/i.test(rel) || !FEED_TYPE.test(type.trim())) return;
			if (!URL.canParse(href, base)) return;
			const url = new URL(href, base).href;
			if (/^https?:/.test(url) && !found.has(url) && found.size < MOST)
				found.set(url, { url, title: lineOf(title, 200), format: '' });
		}
	});
	parser.end(html);
	return [...found.values()];
}

async function firstUsual(url: URL, fetch: Fetch) {
	for (const place of USUAL) {
		const at = new URL(place, url).href;
		const look = await lookAtFeed(at, fetch);
		if (look.kind === 'feed') return { candidates: [asCandidate(at, look)], read: look };
	}
	return undefined;
}
