import { array, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { feedTypes, toAtom, type EntryOut } from '#src/core/feed-out/server/feed.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { Media } from '../../feed.ts';
import { readBy } from '../mine.ts';
import { listed } from '../stream.ts';
import type { ReaderCall, ReaderOperation } from './call.ts';
import { ALL, feedId, labelId, longId, numberOf, plainStream, READ, STARRED, streamOf, type Stream } from './ids.ts';
import { subscriptionsByName, type Named } from './subscriptions.ts';

/** Entries in one answer at most: whole ones, and their names alone. */
const MOST = 1000;
const MOST_NAMES = 10_000;

/** Which entries, and in what order. */
interface Wanted extends Stream {
	show: 'unread' | 'all';
	limit: number;
	oldestFirst: boolean;
	/** Microseconds since 1970: found then or later, and then or before. */
	from?: string;
	until?: string;
	/** Where the answer before ended. */
	after?: { usec: string; number: string };
	numbers?: string[];
}

interface Line {
	number: string;
	usec: string;
	shown: string;
	is_read: boolean;
	is_kept: boolean;
	sources: { subscriptionId: string }[];
}

/** A page of a stream: whole entries. */
export const streamContents: ReaderOperation = async (call) => {
	const stream = call.rest || call.fields.get('s') || ALL;
	const { lines, continuation } = await page(call, stream, MOST);
	return { ...(await whole(call, lines)), id: plainStream(stream), continuation };
};

/** Newsboat knows what was read by these, as Google Reader wrote them into Atom. */
const SCHEME = 'http://www.google.com/reader/';

/** The newest of a stream as Atom, for readers that take feeds for nothing else. */
export const streamAtom: ReaderOperation = async (call) => {
	const stream = call.rest || ALL;
	const { lines } = await page(call, stream, MOST);
	const { items, title } = await whole(call, lines);
	const self = `${call.origin}/api/greader.php/reader/atom/${encodeURIComponent(stream)}`;
	const entries = items.map((item): EntryOut => {
		const at = new Date(item.published * 1000).toISOString();
		return {
			...{ id: item.id, title: item.title, url: item.alternate[0]!.href, author: item.author || item.origin.title },
			...{ published: at, updated: at, html: item.summary.content },
			categories: item.categories.map((term) => ({
				term,
				scheme: SCHEME,
				label: term.slice(term.lastIndexOf('/') + 1)
			}))
		};
	});
	return new Response(await toAtom({ id: self, self, title, page: `${call.origin}/feeds`, entries }), {
		headers: { 'content-type': `${feedTypes.atom}; charset=utf-8`, 'cache-control': 'no-store' }
	});
};

/** A page of a stream: names of entries alone. */
export async function streamIds(call: ReaderCall): Promise<object> {
	const { lines, continuation } = await page(call, call.fields.get('s') ?? ALL, MOST_NAMES);
	const itemRefs = lines.map(({ number, usec, sources }) => ({
		...{ id: number, timestampUsec: usec, directStreamIds: sources.map((each) => feedId(each.subscriptionId)) }
	}));
	return { itemRefs, continuation };
}

/** Entries by name. */
export const itemsContents: ReaderOperation = async (call) => {
	const numbers = call.fields.getAll('i').slice(0, MOST).map(numberOf);
	if (numbers.length === 0) throw invalid({ i: 'names at least one item' });
	const wanted = { show: 'all', limit: MOST, oldestFirst: false, numbers } as const;
	const [lines, kept] = [
		await find(call.db, call.viewer, wanted),
		await find(call.db, call.viewer, { ...wanted, state: 'starred' })
	];
	const listed = new Set(lines.map(({ number }) => number));
	// What is kept is there when its feed has forgotten it.
	lines.push(...kept.filter(({ number }) => !listed.has(number)));
	return { ...(await whole(call, lines)), id: ALL };
};

async function page({ db, viewer, fields }: ReaderCall, stream: string, most: number) {
	const wanted = wantedOf(fields, stream, most);
	const found = await find(db, viewer, { ...wanted, limit: wanted.limit + 1 });
	const lines = found.slice(0, wanted.limit);
	const last = found.length > wanted.limit ? lines.at(-1) : undefined;
	return { lines, continuation: last && `${last.usec}-${last.number}` };
}

function wantedOf(fields: URLSearchParams, stream: string, most: number): Wanted {
	const left = fields.getAll('xt').map(plainStream);
	const only = fields.getAll('it').map(plainStream);
	const after = /^(\d{1,17})-(\d{1,19})$/.exec(fields.get('c') ?? '');
	if (fields.get('c') && !after)
		throw invalid({ c: 'is not a continuation of this stream; leave it out to start again' });
	const seconds = (name: string) => /^\d{1,11}$/.exec(fields.get(name) ?? '')?.[0];
	const [from, until] = [seconds('ot'), seconds('nt')];
	return {
		...streamOf(stream),
		...(only.includes(READ) && { state: 'read' as const }),
		show: left.includes(READ) ? 'unread' : 'all',
		limit: Math.min(most, Math.max(1, Math.trunc(Number(fields.get('n'))) || 20)),
		oldestFirst: fields.get('r') === 'o',
		...(from && { from: `${from}000000` }),
		...(until && { until: `${until}999999` }),
		...(after && { after: { usec: after[1]!, number: after[2]! } })
	};
}

const usec = sql`(extract(epoch from l.found_at) * 1000000)::bigint`;

function find(db: Db, viewer: Viewer, wanted: Wanted): Promise<Line[]> {
	const { after, from, until, numbers, oldestFirst, state, show } = wanted;
	const beyond = oldestFirst ? sql`>` : sql`<`;
	const rules: SQL[] = [
		...(state === 'read' ? [sql`l.is_read`] : []),
		...(state === 'starred' && show === 'unread' ? [sql`not l.is_read`] : []),
		...(from ? [sql`${usec} >= ${from}::bigint`] : []),
		...(until ? [sql`${usec} <= ${until}::bigint`] : []),
		...(numbers ? [sql`s.number = any(${array(numbers, 'text')}::bigint[])`] : []),
		...(after ? [sql`(${usec}, s.number) ${beyond} (${after.usec}::bigint, ${after.number}::bigint)`] : [])
	];
	const order = oldestFirst ? sql`l.found_at, s.number` : sql`l.found_at desc, s.number desc`;
	return rows<Line>(
		db,
		sql`with ${state === 'starred' ? starred(viewer) : listed(viewer, wanted)}
			select s.number::text, ${usec}::text as usec, l.shown, l.is_read, l.sources, ${isKept(viewer)} as is_kept
			from line l join feed_entry s on s.id = l.id
			where ${rules.length > 0 ? sql.join(rules, sql` and `) : sql`true`} order by ${order} limit ${wanted.limit}`
	);
}

const isKept = (
	viewer: Viewer
) => sql`exists (select from kept where kept.person_id = ${viewer.id} and kept.entry_id = l.id
	and kept.removed_at is null)`;

/** `line`: the entries that the viewer keeps, by the copies they have of them. */
const starred = (viewer: Viewer) => sql`line as (
	select k.entry_id as id, k.id as shown, e.found_at,
		exists (select from feed_read r where r.entry_id = k.entry_id and r.person_id = ${viewer.id} and r.is_read) as is_read,
		(select coalesce(json_agg(json_build_object('subscriptionId', s.id)), '[]') from feed_post p
			join feed_subscription s on s.feed_id = p.feed_id where p.entry_id = k.entry_id and ${readBy(viewer)}) as sources
	from kept k join feed_entry e on e.id = k.entry_id where k.person_id = ${viewer.id} and k.removed_at is null)`;

interface Text {
	id: string;
	url: string;
	title: string;
	author: string;
	html: string;
	media: Media[];
	published: number | null;
}

/** Entries as readers show them. */
async function whole({ db, viewer, origin }: ReaderCall, lines: Line[]) {
	const shown = array(
		lines.map((line) => line.shown),
		'uuid'
	);
	const published = sql`extract(epoch from published_at)::float8 as published`;
	const texts = await rows<Text>(
		db,
		sql`select id, url, title, author, html, media, ${published} from feed_entry where id = any(${shown})
			union all select id, url, title, author, html, '[]'::jsonb, ${published} from kept
				where person_id = ${viewer.id} and id = any(${shown})`
	);
	const byId = new Map(texts.map((text) => [text.id, text]));
	const feeds = new Map((await subscriptionsByName(db, viewer)).map((named) => [named.id, named]));
	return {
		...{ direction: 'ltr', title: 'Trellis', updated: Math.floor(Date.now() / 1000), self: [{ href: origin }] },
		items: lines.map((line) => itemOf(line, byId.get(line.shown)!, feeds, origin))
	};
}

function itemOf(
	{ number, usec: at, is_read, is_kept, sources }: Line,
	text: Text,
	feeds: Map<string, Named>,
	origin: string
) {
	const told = sources.flatMap(({ subscriptionId }) => feeds.get(subscriptionId) ?? []);
	const href = text.url || origin;
	const found = Math.floor(Number(at) / 1_000_000);
	return {
		...{ id: longId(number), crawlTimeMsec: at.slice(0, -3), timestampUsec: at },
		...{ published: Math.floor(text.published ?? found), updated: Math.floor(text.published ?? found) },
		...{ title: text.title || 'Without a title', author: text.author },
		canonical: [{ href }],
		alternate: [{ href, type: 'text/html' }],
		summary: { direction: 'ltr', content: text.html },
		enclosure: text.media.map(({ url, type }) => ({ href: url, type })),
		categories: [
			ALL,
			...(is_read ? [READ] : []),
			...(is_kept ? [STARRED] : []),
			...new Set(told.flatMap(({ label }) => (label ? [labelId(label)] : [])))
		],
		origin: {
			...{ streamId: feedId(told[0]?.id ?? ''), title: told[0]?.title ?? '', htmlUrl: told[0]?.site_url || origin }
		}
	};
}
