import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { decodeCursor, toPage } from '#src/core/api/server/page.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { iso } from '#src/core/items/server/present.ts';
import { array, row, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { KeptFilter } from '../input.ts';
import type { KeptLine, KeptView } from '../kept.ts';

/** Words a minute at which people read. */
const PACE = 200;

interface Row {
	id: string;
	entry_id: string | null;
	kind: string | null;
	item_id: string | null;
	root_id: string;
	root_kind: string;
	item_title: string | null;
	space: string | null;
	title: string;
	url: string;
	site: string;
	author: string;
	published_at: string | null;
	words: number;
	note: string;
	tags: string[];
	version: number;
	created_at: string;
	html: string;
	problem: string;
	looked_at: string | null;
}

/** What somebody keeps (`k`), with the item it is (`i`) and the one whose page shows that (`r`), where they may be read. */
const tables = (viewer: Viewer) => sql`kept k
	left join item i on i.id = k.item_id and ${visibleItems(viewer, 'i')}
	left join item up on up.id = i.parent_id
	left join item r on r.id = coalesce(up.parent_id, i.parent_id, i.id) and ${visibleItems(viewer, 'r')}
	left join space s on s.id = r.space_id`;

const columns = sql`k.id, k.entry_id, case when r.id is not null then i.kind end as kind, case when r.id is not null then i.id end as item_id,
	r.id as root_id, r.kind as root_kind, r.title as item_title, s.name as space, k.title, k.url, k.site, k.author,
	k.published_at, k.words, k.note, k.tags, k.version, k.created_at, k.problem, k.looked_at`;

const mine = (viewer: Viewer): SQL => sql`k.person_id = ${viewer.id} and k.removed_at is null`;

/** What the viewer keeps, the newest first; every word of `q` stands in its title, text, note, tags or address. */
export async function listKept(
	db: Db,
	viewer: Viewer,
	filter: KeptFilter
): Promise<{ items: KeptLine[]; next: string | null }> {
	const after = decodeCursor(filter.cursor, 'time', 'id');
	const found = await rows<Row>(
		db,
		sql`select ${columns} from ${tables(viewer)}
			where ${mine(viewer)} and ${sought(filter)}
				and ${after ? sql`(k.created_at, k.id) < (${after[0]!}::timestamptz, ${after[1]!}::uuid)` : sql`true`}
			order by k.created_at desc, k.id desc limit ${filter.limit + 1}`
	);
	const page = toPage(found, filter.limit, (last) => [String(last.created_at), last.id]);
	return { items: page.items.map(present), next: page.next };
}

function sought({ q = '', tag }: Pick<KeptFilter, 'q' | 'tag'>): SQL {
	const text = sql`concat_ws(' ', k.title, r.title, k.author, k.site, k.url, k.note, array_to_string(k.tags, ' '), k.text,
		case when r.id is not null then i.body_md end)`;
	const words = q
		.split(/\s+/)
		.filter(Boolean)
		.slice(0, 12)
		.map((word) => sql`${text} ilike ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`);
	return sql.join([sql`true`, ...words, ...(tag ? [sql`k.tags @> array[${tag}]`] : [])], sql` and `);
}

/** The tags of what the viewer keeps, the most used first. */
export const keptTags = (db: Db, viewer: Viewer): Promise<{ tag: string; count: number }[]> =>
	rows(
		db,
		sql`select tag, count(*)::int as count from kept k, unnest(k.tags) tag where ${mine(viewer)}
			group by tag order by count desc, tag limit 30`
	);

/** One kept thing with its text. @throws Failure not_found, also for what others keep */
export async function readKept(db: Db, viewer: Viewer, id: string): Promise<KeptView> {
	const found = isId(id)
		? await row<Row>(
				db,
				sql`select ${columns}, case when k.html = '' and r.id is not null then i.body_html else k.html end as html
					from ${tables(viewer)} where k.id = ${id} and ${mine(viewer)}`
			)
		: undefined;
	if (!found) throw notFound('You keep nothing here.');
	const isWaiting = found.url !== '' && found.html === '' && found.looked_at === null;
	return { ...present(found), html: found.html, problem: found.problem, isWaiting };
}

function present(found: Row): KeptLine {
	const place = found.item_id
		? itemAddress({ id: found.item_id, kind: found.kind!, rootId: found.root_id, rootKind: found.root_kind })
		: found.entry_id
			? `/feeds/entries/${found.entry_id}`
			: '';
	return {
		id: found.id,
		what: found.item_id ? 'item' : found.entry_id ? 'entry' : found.url || found.title ? 'page' : 'gone',
		kind: found.kind,
		title: found.item_title || found.title || found.url.replace(/^https?:\/\/(www\.)?/, '') || 'No longer to be read',
		...{ place, url: found.url, site: found.site, author: found.author },
		publishedAt: found.published_at ? iso(found.published_at) : null,
		minutes: Math.ceil(found.words / PACE),
		...{ space: found.space, note: found.note, tags: found.tags, version: found.version },
		keptAt: iso(found.created_at)
	};
}

/** Whether the viewer keeps this, and by which id it is found: of entries and addresses, each by its own name. */
export async function keptAmong(db: Db, viewer: Viewer, entryIds: string[]): Promise<Record<string, string>> {
	if (entryIds.length === 0) return {};
	const found = await rows<{ entry: string; id: string }>(
		db,
		sql`select k.entry_id as entry, k.id from kept k where ${mine(viewer)} and k.entry_id = any(${array(entryIds, 'uuid')})`
	);
	return Object.fromEntries(found.map(({ entry, id }) => [entry, id]));
}

/** What was just taken away, to offer it back; undefined for anything else. */
export async function justRemoved(db: Db, viewer: Viewer, id: string): Promise<string | undefined> {
	if (!isId(id)) return undefined;
	const found = await row<{ id: string }>(
		db,
		sql`select id from kept where id = ${id} and person_id = ${viewer.id} and removed_at > now() - interval '1 day'`
	);
	return found?.id;
}
