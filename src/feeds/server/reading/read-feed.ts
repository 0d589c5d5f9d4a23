import { createHash, hash } from 'node:crypto';
import { DetectError, parseFeed } from 'feedsmith';
import { cleanArticle, lineOf } from '#src/core/web/server/page.ts';
import { cleanUrl, parseUrl, urlKey } from '#src/core/web/url.ts';
import { decodeText } from '#src/platform/server/charset.ts';
import { fromAtom } from './atom.ts';
import { readDate } from './dates.ts';
import { fromJson } from './json.ts';
import { NotAFeed } from './not-a-feed.ts';
import type { FeedRead, KnownPosts, Post, RawFeed, RawPost } from './post.ts';
import { fromRdf, fromRss } from './rss.ts';

/** Of a longer feed the first posts are read: feeds begin with the newest. */
const MOST_POSTS = 500;
/** Characters of one post; longer ones are cut before they are cleaned. */
const LONGEST_POST = 400_000;

/**
 * Reads a feed in any format, as broken as the web has them.
 * @param body as it came, in any encoding
 * @param url where it was found: what relative addresses start from
 * @param known posts that need not be read again where they come as they were
 * @throws NotAFeed
 */
export function readFeed(body: Uint8Array, contentType: string, url: string, known: KnownPosts = new Map()): FeedRead {
	const text = decodeText(body, contentType).trimStart();
	const raw = parse(text);
	const base = absolute(raw.base, url) || url;
	const siteUrl = absolute(raw.siteUrl, base);
	const language = raw.language?.trim().toLowerCase() ?? '';
	return {
		format: raw.format,
		title: lineOf(raw.title, 200) || new URL(url).hostname.replace(/^www\./, ''),
		description: lineOf(raw.description, 500),
		language: /^[a-z]{2,3}(-[\w-]{2,20})?$/.test(language) ? language : '',
		...{ siteUrl, selfUrl: absolute(raw.selfUrl, url), hubUrl: absolute(raw.hubUrl, url) },
		restMinutes: Math.min(Math.max(0, Math.round(raw.restMinutes ?? 0)), 43_200),
		posts: distinct(raw.posts.slice(0, MOST_POSTS).map((post) => read(post, absolute(post.base, base) || base, known)))
	};
}

function parse(text: string): RawFeed {
	try {
		return parseWhole(text);
	} catch (error) {
		if (isPage(text)) throw new NotAFeed(pageInstead(text), true);
		if (error instanceof DetectError) throw new NotAFeed('This is not a feed: neither RSS, Atom nor JSON Feed.');
		return parseBeginning(text);
	}
}

const isPage = (text: string) =>
	/^(<!doctype html|<html|<head|<body)/i.test(text) || /<html[\s>]/i.test(text.slice(0, 2000));

const pageInstead = (text: string) =>
	/<input[^>]{0,500}\btype\s*=\s*["']?password\b/i.test(text)
		? 'A page to sign in stands where the feed was.'
		: 'This is a web page, not a feed.';

/** A feed that breaks off, or breaks somewhere within: all up to its last whole post. */
function parseBeginning(text: string): RawFeed {
	const ends = [...text.matchAll(/<\/(?:item|entry)>/gi)].map(({ index, 0: tag }) => index + tag.length);
	for (const end of [ends.at(-1), ends[Math.floor(ends.length / 2)], ends[0]]) {
		try {
			if (end) return parseWhole(text.slice(0, end));
		} catch {
			// The next, shorter piece may be whole.
		}
	}
	throw new NotAFeed('This feed is broken: not even its first entry can be read.');
}

function parseWhole(text: string): RawFeed {
	const parsed = parseFeed(text, { maxItems: MOST_POSTS });
	switch (parsed.format) {
		case 'rss':
			return fromRss(parsed.feed);
		case 'rdf':
			return fromRdf(parsed.feed);
		case 'atom':
			return fromAtom(parsed.feed);
		case 'json':
			return fromJson(parsed.feed);
	}
}

/** A change of how posts are read changes this, so that all are read again. */
const READING = '1';

function read(post: RawPost, base: string, known: KnownPosts): Post {
	const raw = hash('sha256', JSON.stringify([READING, base, post]), 'base64url').slice(0, 22);
	const guid = known.get(raw);
	if (guid === undefined) return { ...clean(post, base), raw };
	const nothing = { url: '', title: '', author: '', html: '', oddDate: '', media: [], tags: [] };
	return { guid, ...nothing, publishedAt: readDate(post.date).at, raw, isKnown: true };
}

function clean(raw: RawPost, base: string): Post {
	const url = pageOf(raw.url, base);
	const title = lineOf(raw.title, 300);
	const html = cleanArticle((raw.html ?? '').slice(0, LONGEST_POST), url || base);
	const { at, odd } = readDate(raw.date);
	return {
		guid: guidOf(raw, url, title, html),
		...{ url, title, author: lineOf(raw.author, 200), html, publishedAt: at, oddDate: odd },
		media: (raw.media ?? []).flatMap(({ url: address, type = '', seconds = null }) => {
			const found = absolute(address, base);
			return found && /^(audio|video)\//.test(type) ? [{ url: found, type: lineOf(type, 100), seconds }] : [];
		}),
		tags: [...new Set((raw.tags ?? []).map((tag) => lineOf(tag, 60)).filter(Boolean))].slice(0, 20)
	};
}

/** What it says, or its address, or else what it holds: something that is there again next time. */
function guidOf({ guid, date }: RawPost, url: string, title: string, html: string): string {
	const said = guid?.trim() || (url && urlKey(new URL(url))) || '';
	if (said && said.length <= 300) return said.toWellFormed();
	return `sha256:${createHash('sha256')
		.update(said || `${title}\n${date ?? ''}\n${html}`)
		.digest('base64url')}`;
}

/** The same post twice in one feed is one. */
function distinct(posts: Post[]): Post[] {
	const seen = new Set<string>();
	return posts.filter(({ guid }) => !seen.has(guid) && seen.add(guid));
}

function pageOf(address: string | undefined, base: string): string {
	const found = absolute(address, base);
	const url = found && parseUrl(found);
	return url ? cleanUrl(url) : '';
}

/** An address of the web, or nothing. */
function absolute(address: string | undefined, base: string): string {
	const said = address?.trim();
	if (!said || said.length > 2000 || !URL.canParse(said, base)) return '';
	const url = new URL(said, base);
	return /^https?:$/.test(url.protocol) && !url.username ? url.href : '';
}
