import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { row, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { FEWEST, PAGES_SHOWN, READER_DAYS, type Readers, type SolvedPage } from '../insight.ts';
import { weakPages } from './weak-pages.ts';

/** What reading solved in a space in the last 90 days: people are counted from five on and never named. */
export async function readReaders(db: Db, viewer: Viewer, spaceId: string, now: Date): Promise<Readers> {
	const marks = marksIn(viewer, spaceId, now);
	const [quiet, solved, weak] = await Promise.all([
		quietReaders(db, spaceId, marks, now),
		solvedPages(db, marks),
		weakPages(db, viewer, spaceId, now)
	]);
	return { quiet, solved, weak };
}

const sinceIn = (now: Date) => sql`${now.toISOString()}::timestamptz - make_interval(days => ${READER_DAYS})`;

/** Who said that something helped, with the item at the top of what it is about. */
const marksIn = (viewer: Viewer, spaceId: string, now: Date): SQL => sql`
	select h.person_id, h.minutes_saved, coalesce(up.parent_id, i.parent_id, i.id) as top_id
	from item i join helped h on h.item_id = i.id left join item up on up.id = i.parent_id
	where i.space_id = ${spaceId} and i.helped_count > 0 and i.state = 'open' and h.created_at > ${sinceIn(now)}
		and h.created_at <= ${now.toISOString()}::timestamptz and ${visibleItems(viewer, 'i')}`;

/** How many of them wrote nothing in the space in the same time, and what it saved them. */
async function quietReaders(db: Db, spaceId: string, marks: SQL, now: Date): Promise<Readers['quiet']> {
	const found = await row<{ people: number; timed: number; minutes: number | null }>(
		db,
		sql`select count(distinct person_id)::int as people, sum(minutes_saved)::int as minutes,
				(count(distinct person_id) filter (where minutes_saved is not null))::int as timed
			from (${marks}) mark where not exists (select 1 from item w where w.author_id = mark.person_id
				and w.created_at > ${sinceIn(now)} and w.space_id = ${spaceId})`
	);
	const { people, timed, minutes } = found!;
	return people < FEWEST ? null : { people, minutes: timed < FEWEST ? null : minutes };
}

/** What helped most people who wrote nothing beneath it: five or more of them. */
async function solvedPages(db: Db, marks: SQL): Promise<SolvedPage[]> {
	const found = await rows<{
		id: string;
		kind: string;
		title: string;
		people: number;
		timed: number;
		minutes: number | null;
		is_featured: boolean;
	}>(
		db,
		sql`select i.id, i.kind, i.title, sum.people, sum.timed, sum.minutes,
				exists (select 1 from collection_entry e where e.item_id = i.id) as is_featured
			from (
				select top_id, count(distinct person_id)::int as people, sum(minutes_saved)::int as minutes,
					(count(distinct person_id) filter (where minutes_saved is not null))::int as timed
				from (${marks}) mark where not exists (select 1 from item w left join item up on up.id = w.parent_id
					where w.author_id = mark.person_id and (w.parent_id = mark.top_id or up.parent_id = mark.top_id))
				group by top_id having count(distinct person_id) >= ${FEWEST}
			) sum join item i on i.id = sum.top_id and i.state = 'open'
			order by sum.people desc, i.id limit ${PAGES_SHOWN}`
	);
	return found.map(({ id, kind, title, people, timed, minutes, is_featured }) => ({
		...{ id, kind, title, people, minutes: timed < FEWEST ? null : minutes, isFeatured: is_featured },
		href: itemAddress({ id, kind, rootId: id, rootKind: kind })
	}));
}
