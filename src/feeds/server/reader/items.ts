import { array, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { feedTypes, toAtom, type EntryOut } from '#src/core/feed-out/server/feed.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { Media } from '../../feed.ts';
import { listed } from '../stream.ts';
import type { ReaderCall, ReaderOperation } from './call.ts';
import { ALL, feedId, labelId, longId, numberOf, plainStream, READ, streamOf, type Stream } from './ids.ts';
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
	return new Response(toAtom({ id: self, self, title, page: `${call.origin}/feeds`, entries }), {
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
	const lines = await find(call.db, call.viewer, { show: 'all', limit: MOST, oldestFirst: false, numbers });
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
	const { after, from, until, numbers, oldestFirst, state } = wanted;
	const beyond = oldestFirst ? sql`>` : sql`<`;
	const rules: SQL[] = [
		...(state === 'read' ? [sql`l.is_read`] : state === 'starred' ? [sql`false`] : []),
		...(from ? [sql`${usec} >= ${from}::bigint`] : []),
		...(until ? [sql`${usec} <= ${until}::bigint`] : []),
		...(numbers ? [sql`s.number = any(${array(numbers, 'text')}::bigint[])`] : []),
		...(after ? [sql`(${usec}, s.number) ${beyond} (${after.usec}::bigint, ${after.number}::bigint)`] : [])
	];
	const order = oldestFirst ? sql`l.found_at, s.number` : sql`l.found_at desc, s.number desc`;
	return rows<Line>(
		db,
		sql`with ${listed(viewer, wanted)}
			select s.number::text, ${usec}::text as usec, l.shown, l.is_read, l.sources
			from line l join feed_entry s on s.id = l.id
			where ${rules.length > 0 ? sql.join(rules, sql` and `) : sql`true`} order by ${order} limit ${wanted.limit}`
	);
}

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
	const texts = await rows<Text>(
		db,
		sql`select id, url, title, author, html, media, extract(epoch from published_at)::float8 as published
			from feed_entry where id = any(${array(
				lines.map(({ shown }) => shown),
				'uuid'
			)})`
	);
	const byId = new Map(texts.map((text) => [text.id, text]));
	const feeds = new Map((await subscriptionsByName(db, viewer)).map((named) => [named.id, named]));
	return {
		...{ direction: 'ltr', title: 'Trellis', updated: Math.floor(Date.now() / 1000), self: [{ href: origin }] },
		items: lines.map((line) => itemOf(line, byId.get(line.shown)!, feeds, origin))
	};
}

function itemOf({ number, usec: at, is_read, sources }: Line, text: Text, feeds: Map<string, Named>, origin: string) {
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
			...new Set(told.flatMap(({ label }) => (label ? [labelId(label)] : [])))
		],
		origin: {
			...{ streamId: feedId(told[0]?.id ?? ''), title: told[0]?.title ?? '', htmlUrl: told[0]?.site_url || origin }
		}
	};
}
