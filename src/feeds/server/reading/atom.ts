import type { AtomFeed } from 'feedsmith';
import sanitize from 'sanitize-html';
import type { RawFeed, RawPost } from './post.ts';

type Text = { value?: string; type?: string } | undefined;

/** Atom 0.3 and 1.0, with YouTube's films. */
export function fromAtom(feed: AtomFeed.Feed<string>): RawFeed {
	const link = (rel: string) => feed.links?.find((one) => (one.rel ?? 'alternate') === rel)?.href;
	return {
		...{ format: 'atom', title: plainOf(feed.title), description: plainOf(feed.subtitle), language: feed.xml?.lang },
		...{ siteUrl: link('alternate'), selfUrl: link('self'), hubUrl: link('hub') },
		base: feed.xml?.base,
		posts: (feed.entries ?? []).map((entry) => fromEntry(entry, feed.xml?.base))
	};
}

function fromEntry(entry: AtomFeed.Entry<string>, base?: string): RawPost {
	const links = entry.links ?? [];
	const page =
		links.find(({ rel, type }) => (rel ?? 'alternate') === 'alternate' && (!type || /html/.test(type))) ??
		links.find(({ rel }) => (rel ?? 'alternate') === 'alternate');
	const group = entry.media?.groups?.[0];
	return {
		...{ guid: entry.id, url: page?.href, title: plainOf(entry.title) ?? group?.title?.value },
		author: entry.authors?.[0]?.name ?? entry.dc?.creators?.[0],
		html: htmlOf(entry.content) ?? htmlOf(entry.summary) ?? htmlOf(group?.description),
		date: entry.published ?? entry.updated ?? entry.dc?.dates?.[0],
		media: links.filter(({ rel }) => rel === 'enclosure').map(({ href, type }) => ({ url: href, type })),
		tags: (entry.categories ?? []).map(({ label, term }) => label ?? term),
		base: entry.content?.xml?.base ?? entry.xml?.base ?? base
	};
}

/** A title as words: some are HTML, and say so. */
function plainOf(text: Text): string | undefined {
	if (!text?.value || !text.type || text.type === 'text') return text?.value;
	return sanitize(text.value, { allowedTags: [], allowedAttributes: {} })
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&amp;/g, '&');
}

/** A text as HTML: plain text keeps its lines, and its angle brackets stay what they are. */
function htmlOf(text: Text): string | undefined {
	if (!text?.value || (text.type && /html/i.test(text.type))) return text?.value;
	const escaped = sanitize(text.value, { allowedTags: [], disallowedTagsMode: 'escape' });
	return `<p>${escaped.replace(/\n\s*\n/g, '</p><p>').replace(/\n/g, '<br>')}</p>`;
}
