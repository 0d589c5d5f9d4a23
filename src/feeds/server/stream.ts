import type { Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { plainText } from '#src/core/items/server/render.ts';
import { rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { EntryLine, Media } from '../feed.ts';
import type { EntryFilter } from '../input.ts';
import { spanInWords } from '../pace.ts';
import { actedInWords, type Acted } from '../rule.ts';
import { readBy, storyOf } from './mine.ts';
import { actedOn, ruledCtes } from './rules/acted.ts';
import { LISTED_DAYS as DAYS } from './rules/find.ts';

/** Of each feed so many of its newest entries are listed. */
const OF_EACH = 100;
/** What a feed said so long before somebody began to read it does not wait for them. */
const BEFORE_DAYS = 14;

/** An entry as the queries of this room find it. */
export interface Line {
	id: string;
	title: string;
	url: string;
	author: string;
	opening: string;
	words: number;
	published_at: string | null;
	odd_date: string;
	found_at: string;
	is_read: boolean;
	media: Media[];
	sources: { subscriptionId: string; title: string }[];
	gap_minutes: number;
	rules: Acted[];
}

/** Entries of what the viewer reads, each once whichever feeds told it. */
export async function readEntries(
	db: Db,
	viewer: Viewer,
	filter: EntryFilter
): Promise<{ items: EntryLine[]; next: string | null }> {
	const from = offsetOf(filter.cursor);
	const found = await rows<Line>(
		db,
		sql`with ${listed(viewer, filter)}
			select l.id, e.title, e.url, e.author, left(e.html, 700) as opening, e.words, e.published_at, e.odd_date, e.media,
				l.found_at, l.is_read, l.sources, l.gap_minutes, ${actedOn} as rules
			from (select * from line l order by ${orderOf(filter)} limit ${filter.limit + 1} offset ${from}) l
			join feed_entry e on e.id = l.shown
			order by ${orderOf(filter)}`
	);
	const items = found.slice(0, filter.limit).map((line) => present(line, filter.order));
	return { items, next: found.length > filter.limit ? String(from + filter.limit) : null };
}

/** A list that is read away as it is read has no place to return to but a count. */
function offsetOf(cursor: string | undefined): number {
	if (cursor === undefined) return 0;
	if (!/^\d{1,5}$/.test(cursor)) throw invalid({ cursor: 'is not a cursor of this list; leave it out to start again' });
	return Number(cursor);
}

/**
 * Minutes between a feed's posts as its entries are ranked: a voice busier than twice an hour counts as that, one rarer
 * than once a quarter as that, an unknown one as daily.
 */
const gap = sql`least(129600, greatest(30, case when l.gap_minutes = 0 then 1440 else l.gap_minutes end))`;

/**
 * By the age of an entry as its own voice measures time: in gaps between its posts. Of two entries of the same age that
 * of the rarer voice stands higher, and everything sinks in the end.
 */
const orderOf = ({ order }: Pick<EntryFilter, 'order'>): SQL =>
	order === 'newest'
		? sql`${raised} desc, l.found_at desc, l.id`
		: sql`${raised} desc, extract(epoch from now() - l.found_at) / ${gap}, l.found_at desc, l.id`;

/** What a rule puts on top stands there until it is read. */
const raised = sql`(l.on_top and not l.is_read)`;

/** What its reader said of an entry comes before what a rule did. */
const isRead = sql`coalesce(r.is_read, u.marked, false)`;

/** What readers of other makers group a subscription (`s`) by: one's own folder, or the space that reads it. */
export const labelOf = sql`case when s.space_id is null then s.folder else (select name from space where id = s.space_id) end`;

/** `line`: the entries that a filter lets through, with where they were told and whether they were read. */
export function listed(
	viewer: Viewer,
	{ subscription, folder, space, label, tag, show }: Omit<EntryFilter, 'order' | 'limit'> & { label?: string }
): SQL {
	const within = [
		readBy(viewer),
		...(subscription ? [sql`s.id = ${subscription}`] : []),
		...(folder ? [sql`s.folder = ${folder} and s.person_id is not null`] : []),
		...(space ? [sql`s.space_id = ${space}`] : []),
		...(label ? [sql`${labelOf} = ${label}`] : [])
	];
	const shown = [
		show === 'hidden' ? sql`u.hidden` : sql`u.hidden is not true`,
		...(show === 'unread' ? [sql`not ${isRead}`] : []),
		...(tag ? [sql`exists (select from acted a where a.entry_id = t.entry_id and a.tag = ${tag})`] : [])
	];
	return sql`mine as (
			select s.id, s.feed_id, coalesce(nullif(s.title, ''), f.title) as title, s.created_at, s.space_id, f.gap_minutes
			from feed_subscription s join feed f on f.id = s.feed_id where ${sql.join(within, sql` and `)}
		), told as (
			select mine.id, mine.title, mine.gap_minutes, mine.space_id, p.entry_id, p.own_id, p.found_at,
				count(*) over (partition by p.entry_id) as tellings
			from mine cross join lateral (
				select ${storyOf(viewer)} as entry_id, p.own_id, p.found_at from feed_post p
				where p.feed_id = mine.feed_id and p.found_at > now() - make_interval(days => ${DAYS})
					and p.found_at > mine.created_at - make_interval(days => ${BEFORE_DAYS})
				order by p.found_at desc limit ${OF_EACH}
			) p
		), ${ruledCtes(viewer)}, line as (
			select t.entry_id as id, (array_agg(t.own_id order by t.found_at, t.id))[1] as shown, min(t.found_at) as found_at, max(t.gap_minutes) as gap_minutes,
				json_agg(json_build_object('subscriptionId', t.id, 'title', t.title) order by t.found_at, t.id) as sources,
				bool_or(${isRead}) as is_read, bool_or(u.on_top is true) as on_top
			from told t left join feed_read r on r.entry_id = t.entry_id and r.person_id = ${viewer.id}
			left join ruled u on u.entry_id = t.entry_id
			where ${sql.join(shown, sql` and `)}
			group by t.entry_id
		)`;
}

/** Words a minute at which people read, so that nobody is promised too little. */
const PACE = 200;

/** An entry as it stands in a list. */
export function present(line: Line, order: EntryFilter['order']): EntryLine {
	const excerpt = plainText(line.opening, 240);
	return {
		...{ id: line.id, title: line.title || excerpt.slice(0, 80) || 'Without a title', url: line.url },
		...{ author: line.author, excerpt, minutes: Math.ceil(line.words / PACE), media: line.media },
		publishedAt: line.published_at ? iso(line.published_at) : null,
		...{ oddDate: line.odd_date, foundAt: iso(line.found_at), isRead: line.is_read, sources: line.sources },
		why: whyHere(line, order),
		rules: line.rules
	};
}

/** Every rank explains itself. */
function whyHere({ gap_minutes, sources, rules, is_read }: Line, order: EntryFilter['order']): string {
	const raising = is_read ? undefined : rules.find(({ deed }) => deed === 'top');
	if (raising) return actedInWords(raising);
	const feeds = new Set(sources.map(({ title }) => title)).size;
	const many = feeds > 1 ? `Told by ${feeds} of your feeds. ` : '';
	if (order === 'newest') return `${many}The newest stand first.`.trim();
	if (gap_minutes === 0) return `${many}How often it posts is not known yet.`;
	const rare = gap_minutes >= 3 * 1440;
	const often = `${sources[0]!.title} posts about every ${spanInWords(gap_minutes)}`;
	return `${many}${often}${rare ? ': a rare voice stays up longer.' : ', so others take its place sooner.'}`;
}
