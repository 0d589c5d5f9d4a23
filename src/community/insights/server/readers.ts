import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { FEWEST, PAGES_SHOWN, READER_DAYS, type Readers, type SolvedPage } from '../insight.ts';
import { weakPages } from './weak-pages.ts';

/** Of what helped most, so many are looked at: who wrote beneath them. */
const LOOKED_AT = 100;

interface SolvedRow {
	id: string;
	kind: string;
	title: string;
	people: number;
	timed: number;
	minutes: number | null;
	featured: boolean;
}

/** What reading solved in a space in the last 90 days: people are counted from five on and never named. */
export async function readReaders(db: Db, viewer: Viewer, spaceId: string, now: Date): Promise<Readers> {
	const [{ people, timed, minutes, solved }, weak] = await Promise.all([
		whatHelped(db, viewer, spaceId, now),
		weakPages(db, viewer, spaceId, now)
	]);
	const quiet = people < FEWEST ? null : { people, minutes: timed < FEWEST ? null : minutes };
	return { quiet, solved: (solved ?? []).map(presentSolved), weak };
}

const presentSolved = ({ id, kind, title, people, timed, minutes, featured }: SolvedRow): SolvedPage => ({
	...{ id, kind, title, people, minutes: timed < FEWEST ? null : minutes, isFeatured: featured },
	href: itemAddress({ id, kind, rootId: id, rootKind: kind })
});

/** People and minutes of marks, each person counted once. */
const counts = sql`count(distinct person_id)::int as people, sum(minutes_saved)::int as minutes,
	(count(distinct person_id) filter (where minutes_saved is not null))::int as timed`;

/**
 * Marks that something helped, with the item at the top of what they are about; of those, by people who wrote nothing
 * in the space in the same time; and what helped five or more people who wrote nothing beneath it.
 */
async function whatHelped(db: Db, viewer: Viewer, spaceId: string, now: Date) {
	const until = sql`${now.toISOString()}::timestamptz`;
	const since = sql`${until} - make_interval(days => ${READER_DAYS})`;
	const found = await row<{ people: number; timed: number; minutes: number | null; solved: SolvedRow[] | null }>(
		db,
		sql`with mark as materialized (
				select h.person_id, h.minutes_saved, coalesce(up.parent_id, i.parent_id, i.id) as top_id
				from item i join helped h on h.item_id = i.id left join item up on up.id = i.parent_id
				where i.space_id = ${spaceId} and i.helped_count > 0 and i.state = 'open' and h.created_at > ${since}
					and h.created_at <= ${until} and ${visibleItems(viewer, 'i')}
			), quiet as (
				select person_id from (select distinct person_id from mark) reader where not exists (select 1 from item w
					where w.author_id = reader.person_id and w.created_at > ${since} and w.space_id = ${spaceId})
			), much as (
				select top_id from mark group by top_id having count(distinct person_id) >= ${FEWEST}
				order by count(distinct person_id) desc, top_id limit ${LOOKED_AT}
			), solved as (
				select top_id, ${counts} from mark where top_id in (select top_id from much)
					and not exists (select 1 from item w where w.author_id = mark.person_id and w.parent_id = mark.top_id)
					and not exists (select 1 from item w join item up on up.id = w.parent_id
						where w.author_id = mark.person_id and up.parent_id = mark.top_id)
				group by top_id having count(distinct person_id) >= ${FEWEST}
			), line as (
				select i.id, i.kind, i.title, solved.people, solved.timed, solved.minutes,
					exists (select 1 from collection_entry e where e.item_id = i.id) as featured
				from solved join item i on i.id = solved.top_id and i.state = 'open'
				order by solved.people desc, i.id limit ${PAGES_SHOWN}
			)
			select ${counts}, (select json_agg(line order by people desc, id) from line) as solved
			from mark where person_id in (select person_id from quiet)`
	);
	return found!;
}
