import type { SQL } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { tag } from '#src/core/items/input.ts';
import { itemKind } from '#src/core/items/kinds.ts';
import { iso } from '#src/core/items/server/present.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { EntryOut } from './feed.ts';
import { htmlForOthers } from './html.ts';
import type { FeedSource } from './sources.ts';

/** Entries in a feed at most. */
const MOST = 50;

interface Found {
	id: string;
	kind: string;
	title: string;
	html: string;
	created_at: string;
	updated_at: string;
	author: string | null;
	root_id: string;
	root_kind: string;
}

/** The newest items that the viewer may read. @param which conditions on the item `i` @param newest what is newest in it */
export async function itemEntries(
	db: Db,
	viewer: Viewer,
	origin: string,
	which: SQL,
	newest = sql`i.active_at`
): Promise<EntryOut[]> {
	// Who is nobody here stays nobody out there, to themselves as well: others may look over their shoulder.
	const found = await rows<Found>(
		db,
		sql`select i.id, i.kind, coalesce(nullif(i.title, ''), r.title) as title, i.body_html as html, i.created_at,
				i.updated_at, r.id as root_id, r.kind as root_kind, case when not i.anonymous then p.name end as author
			from item i join item r on r.id = coalesce(i.parent_id, i.id) join person p on p.id = i.author_id
			where i.state = 'open' and ${visibleItems(viewer, 'i')} and ${visibleItems(viewer, 'r')} and ${which}
			order by ${newest} desc, i.id desc limit ${MOST}`
	);
	return found
		.map((each) => entryOf(each, origin))
		.sort((one, other) => (one.published < other.published ? 1 : one.published > other.published ? -1 : 0));
}

function entryOf(found: Found, origin: string): EntryOut {
	const { id, kind, title, html, author, root_id: rootId, root_kind: rootKind } = found;
	const url = origin + itemAddress({ id, kind, rootId, rootKind });
	return {
		...{ id: `${origin}/items/${id}`, url, author: author ?? 'Anonymous', html: htmlForOthers(html, url) },
		title: kind === 'answer' ? `Answer to: ${title}` : `${itemKind(kind)?.label ?? kind}: ${title}`,
		...{ published: iso(found.created_at), updated: iso(found.updated_at) }
	};
}

const aPage = sql`i.parent_id is null`;

const ofSpace: FeedSource = {
	...{ kind: 'space', label: 'Space' },
	async about(db, viewer, target) {
		const found = isId(target)
			? await row<{ id: string; slug: string; name: string }>(
					db,
					sql`select id, slug, name from space where id = ${target} and id = any(${array(viewer.readableSpaces, 'uuid')})`
				)
			: undefined;
		if (!found) throw notFound('There is no such space, or its members alone read it.');
		return { title: found.name, page: `/spaces/${encodeURIComponent(found.slug)}`, target: found.id };
	},
	entries: (db, viewer, target, origin) => itemEntries(db, viewer, origin, sql`${aPage} and i.space_id = ${target}`)
};

const ofTag: FeedSource = {
	...{ kind: 'tag', label: 'Tag' },
	async about(_db, _viewer, target) {
		const read = tag.safeParse(target);
		if (!read.success) throw notFound('There is no such tag.');
		return { title: `#${read.data}`, page: `/tags/${encodeURIComponent(read.data)}`, target: read.data };
	},
	entries: (db, viewer, target, origin) =>
		itemEntries(db, viewer, origin, sql`${aPage} and i.tags @> array[${target}]::text[]`)
};

/** What somebody shared under their name, answers among it. */
const ofPerson: FeedSource = {
	...{ kind: 'person', label: 'Person' },
	async about(db, _viewer, target) {
		const found = isId(target)
			? await row<{ id: string; name: string }>(db, sql`select id, name from person where id = ${target}`)
			: undefined;
		if (!found) throw notFound('There is no such person.');
		return { title: found.name, page: `/people/${found.id}`, target: found.id };
	},
	entries: (db, viewer, target, origin) => {
		const which = sql`i.author_id = ${target} and not i.anonymous and (${aPage} or i.kind = 'answer')`;
		return itemEntries(db, viewer, origin, which, sql`i.created_at`);
	}
};

export const itemFeeds: FeedSource[] = [ofSpace, ofTag, ofPerson];
