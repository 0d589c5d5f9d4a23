import type { Viewer } from '#src/core/access/server/viewer.ts';
import { matchingItems } from '#src/core/search/server/search.ts';
import { array, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { searchTarget } from '../search.ts';
import { itemEntries } from './items.ts';
import type { FeedSource } from './sources.ts';

/** What matches a search, the newest first: the best match of years ago is no news. */
export const ofSearch: FeedSource = {
	...{ kind: 'search', label: 'Search' },
	about(_db, _viewer, target) {
		const exact = searchTarget(new URLSearchParams(target));
		if (!exact) throw notFound('Nothing is sought here.');
		return Promise.resolve({ title: inWords(exact), page: `/search?${exact}`, target: exact });
	},
	async entries(db: Db, viewer: Viewer, target, origin) {
		const { q = '', archived, ...fields } = Object.fromEntries(new URLSearchParams(target));
		const ids = await matchingItems(db, viewer, { ...fields, q, archived: archived === 'on' });
		return itemEntries(db, viewer, origin, sql`i.id = any(${array(ids, 'uuid')})`, sql`i.created_at`);
	}
};

/** "till (tag: pos)" */
function inWords(target: string): string {
	const { q, ...narrowed } = Object.fromEntries(new URLSearchParams(target));
	const rest = Object.entries(narrowed).map(([name, value]) => `${name}: ${value}`);
	return `Search: ${[q, rest.length > 0 && `(${rest.join(', ')})`].filter(Boolean).join(' ')}`;
}
