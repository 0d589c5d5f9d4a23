import type { JsonFeed } from 'feedsmith';
import type { RawFeed, RawPost } from './post.ts';

/** JSON Feed 1.0 and 1.1. */
export const fromJson = (feed: JsonFeed.Feed<string>): RawFeed => ({
	...{ format: 'json', title: feed.title, description: feed.description, language: feed.language },
	...{ siteUrl: feed.home_page_url, selfUrl: feed.feed_url, base: feed.home_page_url },
	hubUrl: feed.hubs?.find(({ type }) => /websub/i.test(type ?? ''))?.url,
	posts: (feed.items ?? []).map(fromItem)
});

const fromItem = (item: JsonFeed.Item<string>): RawPost => ({
	...{ guid: item.id, url: item.url ?? item.external_url, title: item.title, author: item.authors?.[0]?.name },
	html: item.content_html ?? paragraphs(item.content_text ?? item.summary),
	date: item.date_published ?? item.date_modified,
	media: item.attachments?.map((each) => ({
		...{ url: each.url, type: each.mime_type, seconds: each.duration_in_seconds }
	})),
	tags: item.tags
});

/** Plain text as HTML; the sanitiser that follows takes what is no tag as text. */
const paragraphs = (text: string | undefined) =>
	text &&
	`<p>${text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/\n\s*\n/g, '</p><p>')
		.replace(/\n/g, '<br>')}</p>`;
