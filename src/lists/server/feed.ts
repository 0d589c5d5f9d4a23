import type { FeedOut } from '#src/core/feed-out/server/feed.ts';
import type { FeedSource } from '#src/core/feed-out/server/sources.ts';
import { dayInWords } from '#src/platform/day.ts';
import { sourceLine, type EditionContent, type EditionHtml } from '../list.ts';
import { readSeries, type Series } from './read.ts';

/** The lists of a person or a space, to be read in a feed reader, each whole. @param origin where the pages stand */
export function seriesFeed({ shelf, lists }: Series, origin: string, format: 'atom' | 'json'): FeedOut {
	const page = `${origin}/lists?shelf=${shelf.id}`;
	return {
		...{ id: page, page, self: `${origin}/lists/by/${shelf.id}/${format}`, title: `Reading lists: ${shelf.name}` },
		entries: lists.map(({ id, publishedAt, updatedAt, content, html }) => ({
			...{ id: `${origin}/lists/${id}`, url: `${origin}/lists/${id}`, title: content.title, author: content.by },
			...{ published: publishedAt, updated: updatedAt, html: articleOf(content, html) }
		}))
	};
}

/** The same under the addresses of all feeds, so that a private one can be made for a reader that cannot sign in. */
export const listsFeed: FeedSource = {
	...{ kind: 'lists', label: 'Reading lists' },
	async about(db, viewer, target) {
		const { shelf } = await readSeries(db, viewer, target);
		return { title: `Reading lists: ${shelf.name}`, page: `/lists?shelf=${shelf.id}`, target: shelf.id };
	},
	async entries(db, viewer, target, origin) {
		return seriesFeed(await readSeries(db, viewer, target), origin, 'atom').entries;
	}
};

/** A list as one piece of HTML. */
function articleOf(content: EditionContent, html: EditionHtml): string {
	const entries = content.entries.map((entry, at) => {
		const told = updates(content, entry.url);
		const quote = entry.quote && `<blockquote><p>${escape(entry.quote)}</p></blockquote>`;
		const head = `<h2>${at + 1}. <a href="${escape(entry.url)}">${escape(entry.title)}</a></h2><p>${escape(sourceLine(entry))}</p>`;
		return html.entries[at]!.before + head + quote + html.entries[at]!.why + told;
	});
	const known = new Set(content.entries.map(({ url }) => url));
	const general = content.updates.filter(({ about }) => !known.has(about)).map(updateOf);
	return [...general, html.opening, ...entries, html.closing].join('\n');
}

const updates = (content: EditionContent, url: string) =>
	content.updates
		.filter(({ about }) => about === url)
		.map(updateOf)
		.join('');

function updateOf({ on, text, url }: EditionContent['updates'][number]): string {
	const more = url && ` <a href="${escape(url)}">${escape(url)}</a>`;
	return `<p><strong>UPDATE ${dayInWords(on)}:</strong> ${escape(text)}${more}</p>`;
}

const escape = (text: string) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
