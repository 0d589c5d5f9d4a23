import { hash } from 'node:crypto';
import { CALENDAR_TYPE, toCalendar, type CalendarEvent } from '#src/platform/server/icalendar.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { FeedFormat } from '../input.ts';

/** What goes out as a feed, whatever it is made of; addresses are absolute, times ISO 8601. */
export interface FeedOut {
	/** Never changes, wherever it is read: its own address will do. */
	id: string;
	title: string;
	subtitle?: string;
	/** The page it belongs to, and the feed itself. */
	page: string;
	self: string;
	/** The newest first. */
	entries: EntryOut[];
	/** The same for calendars, where it has days and hours. */
	events?: CalendarEvent[];
}

export interface EntryOut {
	id: string;
	title: string;
	url: string;
	author: string;
	published: string;
	updated: string;
	/** Sanitised HTML. */
	html: string;
	/** What it is filed under, by whoever names it so. */
	categories?: { term: string; scheme?: string; label?: string }[];
}

/** A feed changed when its newest entry did; an empty one began with the epoch. */
const updatedOf = ({ entries }: FeedOut) =>
	entries.map(({ updated }) => updated).reduce((one, other) => (one > other ? one : other), '1970-01-01T00:00:00.000Z');

/**
 * A feed as Atom (RFC 4287). What writes it is loaded with the first one that is asked for.
 * @example await toAtom({ id: page, title: 'Lists', page, self, entries })
 */
export async function toAtom(feed: FeedOut): Promise<string> {
	const { generateAtomFeed } = await import('feedsmith');
	return generateAtomFeed({
		...{ id: feed.id, title: { value: feed.title }, updated: new Date(updatedOf(feed)) },
		...(feed.subtitle && { subtitle: { value: feed.subtitle } }),
		links: [
			{ href: feed.self, rel: 'self', type: 'application/atom+xml' },
			{ href: feed.page, rel: 'alternate', type: 'text/html' }
		],
		entries: feed.entries.map((entry) => ({
			...{ id: entry.id, title: { value: entry.title }, authors: [{ name: entry.author }] },
			...{ published: new Date(entry.published), updated: new Date(entry.updated) },
			links: [{ href: entry.url, rel: 'alternate', type: 'text/html' }],
			...(entry.categories && { categories: entry.categories }),
			content: { type: 'html', value: entry.html }
		}))
	});
}

/** The same as JSON Feed 1.1. */
export async function toJsonFeed(feed: FeedOut): Promise<string> {
	const { generateJsonFeed } = await import('feedsmith');
	const made = generateJsonFeed({
		...{ title: feed.title, home_page_url: feed.page, feed_url: feed.self },
		...(feed.subtitle && { description: feed.subtitle }),
		items: feed.entries.map((entry) => ({
			...{ id: entry.id, url: entry.url, title: entry.title, content_html: entry.html },
			...{ date_published: new Date(entry.published), date_modified: new Date(entry.updated) },
			authors: [{ name: entry.author }]
		}))
	});
	return JSON.stringify(made);
}

export const feedTypes = {
	...{ atom: 'application/atom+xml; charset=utf-8', json: 'application/feed+json; charset=utf-8', ics: CALENDAR_TYPE }
} as const;

/** Another one as soon as anything in the feed is another, in either format. */
export const digestOf = ({ id, title, entries, events = [] }: FeedOut): string =>
	hash('sha256', JSON.stringify([id, title, entries, ...events]), 'base64url');

/**
 * A feed as it is sent; one that is still as the reader had it is not sent again.
 * @param since when it became as it is, where that is known
 */
export async function feedAnswer(feed: FeedOut, format: FeedFormat, request: Request, since?: Date): Promise<Response> {
	if (format === 'ics' && !feed.events) throw notFound('There is no calendar of this.');
	const etag = `W/"${format}-${digestOf(feed)}"`;
	const headers = {
		...{ etag, 'cache-control': 'private, no-cache', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' },
		...(since && { 'last-modified': since.toUTCString() })
	};
	if (isKnown(request.headers, etag, since)) return new Response(null, { status: 304, headers });
	return new Response(await written(feed, format), { headers: { ...headers, 'content-type': feedTypes[format] } });
}

const written = async (feed: FeedOut, format: FeedFormat): Promise<string> =>
	format === 'ics' ? toCalendar(feed.title, feed.events ?? []) : format === 'atom' ? toAtom(feed) : toJsonFeed(feed);

/** By its tag, or else by its time: HTTP counts it in whole seconds. */
function isKnown(headers: Headers, etag: string, since?: Date): boolean {
	const tags = headers.get('if-none-match');
	if (tags !== null) return tags.split(',').some((tag) => tag.trim() === etag);
	const time = Date.parse(headers.get('if-modified-since') ?? '');
	return since !== undefined && time >= Math.floor(since.getTime() / 1000) * 1000;
}
