import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { daysOf, quarterOf } from '#src/platform/quarter.ts';
import { FEWEST, type Helped, type Rolled, type Seen } from '../helped.ts';
import type { HelpedFilter } from '../input.ts';

/** What helped in a quarter, and what became of problems at work, as far as the viewer may read. */
export async function readHelped(
	db: Db,
	viewer: Viewer,
	{ quarter = quarterOf(new Date()) }: HelpedFilter
): Promise<Helped> {
	const marks = marksOf(viewer, quarter);
	const spaces = await rolled(
		db,
		sql`with mark as (${marks}) select mark.*, s.id as group_id, s.name as group_title, '/spaces/' || s.slug as group_href
			from mark join space s on s.id = mark.space_id`
	);
	const needs = await rolled(
		db,
		sql`with mark as (${marks}) select mark.*, n.id as group_id, n.title as group_title, '/needs/' || n.id as group_href
			from mark join lateral (
				select l.to_id as need_id from item_link l where l.from_id = mark.top_id and l.relation = 'derived_from'
				union select t.need_id from need_step t where t.made_id = mark.top_id
			) came on true
			join item n on n.id = came.need_id and n.kind = 'need' and ${visibleItems(viewer, 'n')}`
	);
	const told = (all: Rolled[]) => all.filter(({ people }) => people >= FEWEST);
	return {
		quarter,
		...{ bySpace: told(spaces), byNeed: told(needs) },
		spacesLeftOut: spaces.length - told(spaces).length,
		needsLeftOut: needs.length - told(needs).length,
		reviews: await reviewsIn(db, viewer, quarter)
	};
}

/** The marks of a quarter, with the item at the top of what they are about. */
function marksOf(viewer: Viewer, quarter: string): SQL {
	const { from, to } = daysOf(quarter);
	return sql`select h.person_id, h.minutes_saved, h.note, h.created_at, i.space_id, top.id as top_id, top.kind as top_kind,
			top.title as top_title
		from helped h join item i on i.id = h.item_id
		left join item up on up.id = i.parent_id
		join item top on top.id = coalesce(up.parent_id, i.parent_id, i.id)
		where h.created_at >= ${from}::date and h.created_at < ${to}::date and ${visibleItems(viewer, 'i')}
			and ${visibleItems(viewer, 'top')}`;
}

interface GroupRow {
	id: string;
	title: string;
	href: string;
	marks: number;
	people: number;
	timed: number;
	sum: number | null;
	spread: number[] | null;
	says: { text: string; title: string; id: string; kind: string }[] | null;
}

async function rolled(db: Db, grouped: SQL): Promise<Rolled[]> {
	const found = await rows<GroupRow>(
		db,
		sql`with line as (${grouped}),
			word as (
				select distinct on (group_id, note) group_id, note, top_title, top_id, top_kind, minutes_saved from line where note <> ''
				order by group_id, note, minutes_saved desc nulls last
			),
			picked as (
				select *, row_number() over (partition by group_id order by minutes_saved desc nulls last, length(note) desc, note) as place
				from word
			)
			select group_id as id, group_title as title, group_href as href, count(*)::int as marks,
				count(distinct person_id)::int as people,
				(count(distinct person_id) filter (where minutes_saved is not null))::int as timed,
				sum(minutes_saved)::int as sum,
				percentile_cont(array[0.25, 0.5, 0.75]) within group (order by minutes_saved) as spread,
				(select json_agg(json_build_object('text', p.note, 'title', p.top_title, 'id', p.top_id, 'kind', p.top_kind) order by p.place)
					from picked p where p.group_id = line.group_id and p.place <= 3) as says
			from line group by group_id, group_title, group_href order by sum desc nulls last, marks desc, group_title`
	);
	return found.map(({ timed, sum, spread, says, ...group }) => {
		const [low, median, high] = (spread ?? []).map(Math.round) as [number, number, number];
		return {
			...group,
			minutes: timed >= FEWEST ? { people: timed, sum: sum!, low, median, high } : null,
			says: (says ?? []).map(({ text, title, id, kind }) => ({
				...{ text, title },
				href: itemAddress({ id, kind, rootId: id, rootKind: kind })
			}))
		};
	});
}

function reviewsIn(db: Db, viewer: Viewer, quarter: string): Promise<Seen[]> {
	const { from, to } = daysOf(quarter);
	return rows<Seen>(
		db,
		sql`select distinct on (i.id) i.id, i.title, a.figure, a.baseline, a.target, r.value, r.verdict, r.says
			from need_review r join need_plan a on a.need_id = r.need_id join item i on i.id = r.need_id
			where r.seen_on >= ${from}::date and r.seen_on < ${to}::date and i.state <> 'removed' and ${visibleItems(viewer, 'i')}
			order by i.id, r.id desc limit 100`
	);
}
