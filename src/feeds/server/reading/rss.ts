import type { RdfFeed, RssFeed } from 'feedsmith';
import type { RawFeed, RawPost } from './post.ts';

const PERIODS: Record<string, number> = { hourly: 60, daily: 1440, weekly: 10_080, monthly: 43_200, yearly: 525_600 };

/** RSS 0.91 to 2.0, with what podcasts and films add. */
export function fromRss(feed: RssFeed.Feed<string>): RawFeed {
	const links = feed.atom?.links ?? [];
	return {
		...{ format: 'rss', title: feed.title, description: feed.description ?? feed.itunes?.summary },
		...{ language: feed.language ?? feed.dc?.languages?.[0], siteUrl: feed.link, base: feed.xml?.base ?? feed.link },
		selfUrl: links.find(({ rel }) => rel === 'self')?.href,
		hubUrl: links.find(({ rel }) => rel === 'hub')?.href,
		restMinutes: Math.max(feed.ttl ?? 0, restOf(feed.sy)),
		posts: (feed.items ?? []).map(fromItem)
	};
}

/** RSS 0.90 and 1.0. */
export function fromRdf(feed: RdfFeed.Feed<string>): RawFeed {
	const links = feed.atom?.links ?? [];
	return {
		...{ format: 'rdf', title: feed.title, description: feed.description, siteUrl: feed.link, base: feed.link },
		language: feed.dc?.languages?.[0],
		selfUrl: links.find(({ rel }) => rel === 'self')?.href ?? feed.rdf?.about,
		hubUrl: links.find(({ rel }) => rel === 'hub')?.href,
		restMinutes: restOf(feed.sy),
		posts: (feed.items ?? []).map(fromRdfItem)
	};
}

function fromItem(item: RssFeed.Item<string>): RawPost {
	const guid = item.guid?.value;
	const permanent = guid && item.guid?.isPermaLink !== false && /^https?:/i.test(guid) ? guid : undefined;
	const media = [
		...(item.enclosures ?? []).map(({ url, type }) => ({ url, type, seconds: secondsOf(item.itunes?.duration) })),
		...(item.media?.contents ?? []).map(({ url, type, duration }) => ({ url, type, seconds: duration }))
	];
	return {
		...{
			guid,
			url: item.link ?? permanent ?? item.atom?.links?.[0]?.href,
			title: item.title ?? item.media?.title?.value
		},
		author: item.dc?.creators?.[0] ?? item.authors?.[0]?.name ?? item.itunes?.author,
		html: item.content?.encoded ?? item.description ?? item.itunes?.summary ?? item.media?.description?.value,
		date: item.pubDate ?? item.dc?.dates?.[0] ?? item.atom?.published ?? item.atom?.updated,
		...{ media, tags: (item.categories ?? []).map(({ name }) => name), base: item.xml?.base }
	};
}

const fromRdfItem = (item: RdfFeed.Item<string>): RawPost => ({
	...{ guid: item.rdf?.about, url: item.link ?? item.rdf?.about, title: item.title, author: item.dc?.creators?.[0] },
	html: item.content?.encoded ?? item.description,
	date: item.dc?.dates?.[0],
	tags: item.dc?.subjects
});

/** How often it says that it changes (RSS 1.0's syndication module), as minutes of rest. */
function restOf(sy: { updatePeriod?: string; updateFrequency?: number } | undefined): number {
	const period = PERIODS[sy?.updatePeriod ?? ''] ?? 0;
	return period / Math.max(1, sy?.updateFrequency ?? 1);
}

/** `3723`, `62:03` and `1:02:03` are all an hour and some. */
function secondsOf(duration: number | string | undefined): number | undefined {
	if (duration === undefined || typeof duration === 'number') return duration;
	const seconds = duration.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
	return Number.isFinite(seconds) ? seconds : undefined;
}
