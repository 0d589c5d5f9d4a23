import type { Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { EntryView, Telling } from '../feed.ts';
import { readBy, storyOf } from './mine.ts';
import { partsForAll } from './policy.ts';
import { actedOnEntry } from './rules/acted.ts';
import { present, type Line } from './stream.ts';

type Told = Telling & {
	feedId: string;
	gap: number;
	words: number;
	whole: number | null;
	apartFrom: string | null;
	isMine: boolean;
};

/**
 * One entry, whole: as the first of the viewer's feeds told it, with the text of whichever holds the most of it. What
 * feeds say that the viewer does not read stays with their readers.
 * @throws Failure not_found for one that none of the viewer's feeds told
 */
export async function readEntry(db: Db, viewer: Viewer, id: string): Promise<EntryView> {
	const told = await tellingsOf(db, viewer, id);
	const [first] = told;
	if (!first) throw notFound();
	const longest = told.reduce((most, each) => (lengthOf(each) > lengthOf(most) ? each : most), first);
	const rules = await actedOnEntry(db, viewer, id);
	const marked = rules.some(({ deed }) => deed === 'read');
	const found = await row<
		Omit<Line, 'rules'> & { html: string; tags: string[]; whole_url: string | null; whole_at: string }
	>(
		db,
		sql`select e.*, left(l.html, 700) as opening, coalesce(w.html, l.html) as html,
				coalesce(w.words, l.words) as words, w.url as whole_url, w.read_at as whole_at, ${Math.max(...told.map(({ gap }) => gap))}::int as gap_minutes,
				coalesce((select r.is_read from feed_read r where r.entry_id = ${id} and r.person_id = ${viewer.id}), ${marked}) as is_read
			from feed_entry e join feed_entry l on l.id = ${longest.id} left join feed_whole w on w.own_id = l.id where e.id = ${first.id}`
	);
	const sources = told.map(({ subscriptionId, feed }) => ({ subscriptionId, title: feed }));
	return {
		...present({ ...found!, id, sources, rules }, 'rare'),
		...{ html: found!.html, tags: found!.tags },
		whole: found!.whole_url === null ? null : { url: found!.whole_url, readAt: iso(found!.whole_at) },
		tellings: told.map(({ id: own, subscriptionId, feed, title, url, joined }) => ({
			...{ id: own, subscriptionId, feed, title, url, joined }
		})),
		apart: first.isMine ? 'me' : first.apartFrom ? 'all' : null,
		canPartForAll: await partsForAll(
			db,
			viewer,
			told.map(({ feedId }) => feedId)
		)
	};
}

/** Words of a telling, or of its page where that was read. */
const lengthOf = ({ words, whole }: Told) => whole ?? words;

/** What the viewer's feeds said of a story, the first first. */
export const tellingsOf = (db: Db, viewer: Viewer, id: string): Promise<Told[]> =>
	rows(
		db,
		sql`select distinct on (p.found_at, p.own_id) p.own_id as id, p.feed_id as "feedId", s.id as "subscriptionId",
				coalesce(nullif(s.title, ''), f.title) as feed, e.title, e.url, f.gap_minutes as gap, e.words, w.words as whole,
				p.apart_from as "apartFrom", ${storyOf(viewer)} <> p.own_id as joined, p.entry_id <> ${storyOf(viewer)} as "isMine"
			from feed_post p join feed_subscription s on s.feed_id = p.feed_id join feed f on f.id = p.feed_id
			join feed_entry e on e.id = p.own_id left join feed_whole w on w.own_id = p.own_id
			where (p.entry_id = ${id} or p.own_id = ${id}) and ${storyOf(viewer)} = ${id} and ${readBy(viewer)}
			order by p.found_at, p.own_id, s.id`
	);
