import { allow, canRead } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { iso } from '#src/core/items/server/present.ts';
import { spaceById } from '#src/core/spaces/server/read.ts';
import { rows, row, sql, type Db } from '#src/platform/server/db.ts';
import { canTend } from '../../server/policy.ts';
import {
	LOOK_BACK_DAYS,
	PEACE_DAYS,
	type Deed,
	type Leader,
	type PracticePage,
	type PracticeWeek,
	type ShownPractice
} from '../practice.ts';
import { canShowPractice } from './policy.ts';

/** The practice that people choose to show in a space. @throws Failure not_found, forbidden for who may not read the space */
export async function readPractice(db: Db, viewer: Viewer, spaceId: string): Promise<PracticePage> {
	const space = await spaceById(db, viewer, spaceId);
	allow(canRead(viewer, { spaceId }), 'Its members alone read this space.');
	const shown = await shownIn(db, viewer, spaceId);
	const canInvite = canTend(viewer, { spaceId }) && !space.archivedAt;
	return {
		...{ shown, canInvite, shows: shown.some(({ you }) => you), canShow: canShowPractice(viewer, { spaceId }) },
		invitedBy: await invitedBy(db, viewer, spaceId),
		leaders: canInvite ? await leadersOf(db, viewer, spaceId) : []
	};
}

interface Row {
	person_id: string;
	name: string;
	image: string | null;
	headline: string;
	since: string;
	lines: Line[] | null;
}

interface Line {
	id: string;
	deed: Deed;
	text: string;
	on: string;
	kind: string | null;
	page_id: string | null;
	page_kind: string | null;
}

/**
 * What everybody in the space can read, under the names of those who chose so: nothing that was written without
 * a name, and what helped only where its author stands to it by name, too.
 */
async function shownIn(db: Db, viewer: Viewer, spaceId: string): Promise<ShownPractice[]> {
	const since = sql`now() - make_interval(days => ${LOOK_BACK_DAYS})`;
	const found = await rows<Row>(
		db,
		sql`with who as (
				select w.person_id, w.since from practice w join person p on p.id = w.person_id and p.deactivated_at is null
				where w.space_id = ${spaceId} order by w.since, w.person_id limit 50
			), line as (
				select i.author_id as person_id, i.id,
					case when i.kind = 'question' then 'asked' when i.kind = 'answer' then 'answered'
						when st.result = 'did_not_work' then 'failed' else 'shared' end as deed,
					coalesce(nullif(i.title, ''), top.title) as text, i.created_at as at, i.kind, top.id as page_id, top.kind as page_kind
				from item i join who on who.person_id = i.author_id
				left join story st on st.item_id = i.id
				left join item top on top.id = coalesce(i.parent_id, i.id)
				where i.space_id = ${spaceId} and i.state = 'open' and not coalesce(i.anonymous, false) and i.created_at > ${since}
					and (i.parent_id is null or i.kind = 'answer') and ${visibleItems(viewer, 'i')} and ${visibleItems(viewer, 'top')}
				union all
				select h.person_id, i.id, 'thanked', coalesce(nullif(i.title, ''), top.title), h.created_at, i.kind, top.id, top.kind
				from helped h join who on who.person_id = h.person_id join item i on i.id = h.item_id
				left join item up on up.id = i.parent_id
				left join item top on top.id = coalesce(up.parent_id, i.parent_id, i.id)
				where i.space_id = ${spaceId} and i.state = 'open' and not coalesce(i.anonymous, false) and h.created_at > ${since}
					and ${visibleItems(viewer, 'i')} and ${visibleItems(viewer, 'top')}
				union all
				select n.person_id, n.id, 'tried', n.text, n.tried_on::timestamp at time zone 'UTC', null, null, null
				from practice_note n join who on who.person_id = n.person_id
				where n.space_id = ${spaceId} and n.tried_on > current_date - ${LOOK_BACK_DAYS + 1}::int
			)
			select who.person_id, p.name, p.image, p.headline, who.since,
				(select json_agg(json_build_object('id', l.id, 'deed', l.deed, 'text', l.text, 'on', (l.at at time zone 'UTC')::date,
					'kind', l.kind, 'page_id', l.page_id, 'page_kind', l.page_kind) order by l.at desc, l.id)
					from (select * from line where line.person_id = who.person_id order by line.at desc limit 300) l) as lines
			from who join person p on p.id = who.person_id order by who.person_id <> ${viewer.id}, lower(p.name), p.id`
	);
	return found.map((one) => ({
		person: { id: one.person_id, name: one.name, image: one.image, headline: one.headline },
		...{ since: iso(one.since), you: one.person_id === viewer.id, weeks: weeksOf(one.lines ?? [], new Date()) }
	}));
}

/** By weeks that begin on Mondays, the newest first: those with nothing stand among them. */
export function weeksOf(lines: readonly Line[], now: Date): PracticeWeek[] {
	const monday = Date.parse(mondayOf(now.toISOString().slice(0, 10)));
	const begins = Array.from({ length: Math.ceil(LOOK_BACK_DAYS / 7) + 1 }, (_, at) =>
		new Date(monday - at * 7 * 86_400_000).toISOString().slice(0, 10)
	);
	return begins.map((begin) => ({
		begins: begin,
		entries: lines
			.filter(({ on }) => mondayOf(on) === begin || (begin === begins[0] && on > begin))
			.map(({ id, deed, text, on, kind, page_id, page_kind }) => ({
				...{ id, deed, text, on },
				href: kind ? itemAddress({ id, kind, rootId: page_id ?? id, rootKind: page_kind ?? kind }) : null
			}))
	}));
}

function mondayOf(day: string): string {
	const at = new Date(`${day}T00:00:00Z`);
	at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
	return at.toISOString().slice(0, 10);
}

async function invitedBy(db: Db, viewer: Viewer, spaceId: string): Promise<string | null> {
	const found = await row<{ name: string | null }>(
		db,
		sql`select p.name from practice_invite v left join person p on p.id = v.invited_by
			where v.space_id = ${spaceId} and v.person_id = ${viewer.id} and v.declined_at is null
				and v.invited_at > now() - make_interval(days => ${PEACE_DAYS})
				and not exists (select from practice w where w.space_id = v.space_id and w.person_id = v.person_id)`
	);
	return found ? (found.name ?? 'Somebody') : null;
}

/** Who could show theirs and does not: who looks after the space, and who leads people and reads it. */
const leadersOf = (db: Db, viewer: Viewer, spaceId: string): Promise<Leader[]> =>
	rows<Leader>(
		db,
		sql`select p.id, p.name, p.headline,
				case when greatest(v.invited_at, v.declined_at) > now() - make_interval(days => ${PEACE_DAYS})
					then (greatest(v.invited_at, v.declined_at) + make_interval(days => ${PEACE_DAYS}))::date::text end as "peaceUntil"
			from person p join space s on s.id = ${spaceId}
			left join space_member m on m.space_id = s.id and m.person_id = p.id
			left join practice_invite v on v.space_id = s.id and v.person_id = p.id
			where p.deactivated_at is null and p.id <> ${viewer.id} and (s.access = 'open' or m.person_id is not null)
				and (m.role = 'steward'
					or exists (select from org_role r where r.person_id = p.id and r.role in ('people_manager', 'admin', 'community_manager'))
					or exists (select from area_person x join area_space t on t.area_id = x.area_id
						where x.person_id = p.id and x.accepted_at is not null and t.space_id = s.id))
				and not exists (select from practice w where w.space_id = s.id and w.person_id = p.id)
			order by m.person_id is null, lower(p.name), p.id limit 30`
	);
