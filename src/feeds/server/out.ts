import { htmlForOthers } from '#src/core/feed-out/server/html.ts';
import type { FeedSource } from '#src/core/feed-out/server/sources.ts';
import { iso } from '#src/core/items/server/present.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { myTags } from './rules/rules.ts';
import { listed } from './stream.ts';

const MOST = 50;

/** What one's rules gave a tag, as a feed of one's own: read or not, the newest first. */
export const taggedEntries: FeedSource = {
	...{ kind: 'entries', label: 'Tagged by your rules' },
	async about(db, viewer, target) {
		if (!(await myTags(db, viewer)).includes(target)) throw notFound('None of your rules gives this tag.');
		return { title: `Feeds: ${target}`, page: `/feeds?${new URLSearchParams({ tag: target }).toString()}`, target };
	},
	async entries(db, viewer, tag, origin) {
		const found = await rows<{
			id: string;
			title: string;
			url: string;
			author: string;
			html: string;
			source: string;
			published_at: string | null;
			found_at: string;
		}>(
			db,
			sql`with ${listed(viewer, { tag, show: 'all' })}
				select l.id, e.title, e.url, e.author, e.html, l.sources -> 0 ->> 'title' as source, e.published_at, l.found_at
				from line l join feed_entry e on e.id = l.shown order by l.found_at desc, l.id limit ${MOST}`
		);
		return found.map((entry) => {
			const page = `${origin}/feeds/entries/${entry.id}`;
			const url = entry.url || page;
			return {
				...{ id: page, url, title: entry.title || 'Without a title', author: entry.author || entry.source },
				...{ published: iso(entry.published_at ?? entry.found_at), updated: iso(entry.found_at) },
				html: htmlForOthers(entry.html, url)
			};
		});
	}
};
