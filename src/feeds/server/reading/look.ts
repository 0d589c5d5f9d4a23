import { createHash } from 'node:crypto';
import { ProcessPool, WorkLost } from '#src/platform/server/process-pool.ts';
import { retryAfterSeconds } from '#src/platform/server/polite.ts';
import { FetchRefused, type Fetch, type Fetched } from '#src/platform/server/safe-fetch.ts';
import type { FeedRead, KnownPosts } from './post.ts';
import { NotAFeed } from './not-a-feed.ts';
import type { ReadByChild, ToRead } from './read-child.ts';

/** What came of a look at a feed. */
export type FeedLook =
	/** Nothing new: its server says so (304), or it sent the very same. */
	| { kind: 'same'; settledUrl: string }
	| {
			kind: 'feed';
			feed: FeedRead;
			settledUrl: string;
			etag: string;
			lastModified: string;
			digest: string;
			restMinutes: number;
	  }
	/** Its server says that it is gone for good. */
	| { kind: 'gone' }
	/** Its host is to be left alone for now: nobody asked. */
	| { kind: 'rests'; message: string; waitMinutes: number }
	/** No feed, or none for now. */
	| { kind: 'failed'; message: string; isPage: boolean; waitMinutes: number };

/** What is known of it from last time. */
export interface KnownFeed {
	etag: string;
	lastModified: string;
	digest: string;
	/** What it has said, asked for where it says something. */
	posts?: () => Promise<KnownPosts>;
}

const MOST_BYTES = 8 * 1024 * 1024;
/** Longer feeds are read in a process of their own. */
const READ_HERE = 150_000;
const ACCEPT =
	'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';

const readers = new ProcessPool<ToRead, ReadByChild>('src/feeds/server/reading/read-child.ts', {
	...{ memory: 256, time: 10_000, size: 1 }
});

/** Asks a server for its feed, and only for what is new. Whatever comes, the answer is one of the kinds of `FeedLook`. */
export async function lookAtFeed(url: string, fetch: Fetch, known?: KnownFeed): Promise<FeedLook> {
	try {
		const headers: Record<string, string> = { accept: ACCEPT };
		if (known?.etag) headers['if-none-match'] = known.etag;
		if (known?.lastModified) headers['if-modified-since'] = known.lastModified;
		// Feeds come as every type there is, and as none.
		const bounds = { types: ['application/', 'text/', ''], maxBytes: MOST_BYTES, timeout: 20_000, headers };
		return await understand(await fetch(url, bounds), known);
	} catch (error) {
		if (error instanceof FetchRefused && error.reason === 'rests')
			return { kind: 'rests', message: error.message, waitMinutes: Math.ceil(error.wait / 60_000) };
		if (error instanceof FetchRefused)
			return failed(error.reason === 'long' ? 'The feed is longer than 8 MB.' : error.message);
		if (error instanceof NotAFeed) return failed(error.message, error.isPage);
		if (error instanceof WorkLost) return failed(error.message);
		throw error;
	}
}

const failed = (message: string, isPage = false, waitMinutes = 0): FeedLook => ({
	kind: 'failed',
	message,
	isPage,
	waitMinutes
});

async function understand(found: Fetched, known?: KnownFeed): Promise<FeedLook> {
	const { status, headers, body, settledUrl } = found;
	if (status === 304) return { kind: 'same', settledUrl };
	if (status === 410) return { kind: 'gone' };
	if (status < 200 || status > 299)
		return failed(problemOf(status), false, Math.ceil(retryAfterSeconds(headers['retry-after']) / 60));
	const digest = createHash('sha256').update(body).digest('base64url');
	if (digest === known?.digest) return { kind: 'same', settledUrl };
	const contentType = headers['content-type'] ?? '';
	const feed = await readBody({ body, contentType, url: found.url, known: await known?.posts?.() });
	return {
		...{
			kind: 'feed',
			feed: { ...feed, ...namedBy(headers.link, found.url) },
			settledUrl,
			etag: headers.etag ?? '',
			lastModified: headers['last-modified'] ?? '',
			digest
		},
		restMinutes: Math.max(feed.restMinutes, maxAge(headers['cache-control']))
	};
}

function problemOf(status: number): string {
	if (status === 404) return 'The server says that there is no such feed (404).';
	if (status === 401 || status === 403) return `The server lets no programs in, or wants a sign-in (${status}).`;
	if (status === 429) return 'The server asks for fewer visits (429).';
	return `The server answered with the error ${status}.`;
}

/** What a feed says, wherever its bytes come from. @throws NotAFeed, or WorkLost for what takes too long */
export async function readBody(given: ToRead): Promise<FeedRead> {
	if (given.body.byteLength <= READ_HERE) {
		// What knows the formats is large, and a process that only serves pages never reads a feed.
		const { readFeed } = await import('./read-feed.ts');
		return readFeed(given.body, given.contentType, given.url, given.known);
	}
	const answer = await readers.run(given);
	if ('refused' in answer) throw new NotAFeed(answer.refused, answer.isPage);
	return answer.feed;
}

/** How long what came stays fresh (RFC 9111), in minutes. */
const maxAge = (header = '') => Math.floor(Number(/\bmax-age=(\d{1,9})/i.exec(header)?.[1] ?? 0) / 60);

/** Hub and topic as a header names them (RFC 8288): that comes before what the feed itself says. */
function namedBy(header: string | string[] | undefined, base: string): { hubUrl?: string; selfUrl?: string } {
	const found: Record<string, string> = {};
	for (const [, address, params] of [header ?? []]
		.flat()
		.join(', ')
		.matchAll(/<([^<>]{1,2000})>([^<]*)/g)) {
		const rels = /;\s*rel\s*=\s*"?([\w\s-]+)/i.exec(params!)?.[1]?.toLowerCase().trim().split(/\s+/) ?? [];
		if (!URL.canParse(address!, base) || !/^https?:/.test(new URL(address!, base).href)) continue;
		for (const rel of rels) found[rel] ??= new URL(address!, base).href;
	}
	return { ...(found.hub && { hubUrl: found.hub }), ...(found.hub && found.self && { selfUrl: found.self }) };
}
