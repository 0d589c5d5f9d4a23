import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleSpaces } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import {
	duties,
	PEACE_DAYS,
	type Area,
	type AreaPerson,
	type AreaSpace,
	type Candidate,
	type LonelySpace
} from '../area.ts';
import { canTend } from '../../server/policy.ts';
import { canMakeAreas, canOffer } from './policy.ts';

/** Areas that the viewer may know of: those they make or share, and those with a space they know of. */
export const listAreas = (db: Db, viewer: Viewer): Promise<Area[]> => areasWhere(db, viewer, sql`true`);

/** @throws Failure not_found, also for an area of spaces that the viewer may not know of */
export async function readArea(db: Db, viewer: Viewer, id: string): Promise<Area> {
	const [found] = isId(id) ? await areasWhere(db, viewer, sql`a.id = ${id}`) : [];
	if (!found) throw notFound('There is no such area, or it is not open to you.');
	return found;
}

interface Row {
	id: string;
	name: string;
	purpose: string;
	version: number;
	spaces: AreaSpace[];
	people: AreaPerson[];
	offered: AreaPerson[];
	mine: Area['mine'];
}

const peopleWhere = (
	state: SQL,
	order: SQL
) => sql`(select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name,
		'image', p.image, 'duties', x.duties, 'ownWords', x.own_words) order by ${order}), '[]')
	from area_person x join person p on p.id = x.person_id
	where x.area_id = a.id and p.deactivated_at is null and ${state})`;

async function areasWhere(db: Db, viewer: Viewer, which: SQL): Promise<Area[]> {
	const found = await rows<Row>(
		db,
		sql`select a.id, a.name, a.purpose, a.version,
				(select coalesce(json_agg(json_build_object('id', s.id, 'slug', s.slug, 'name', s.name) order by lower(s.name), s.id), '[]')
					from area_space x join space s on s.id = x.space_id
					where x.area_id = a.id and s.archived_at is null and ${visibleSpaces(viewer, 's')}) as spaces,
				${peopleWhere(sql`x.accepted_at is not null`, sql`x.accepted_at, p.id`)} as people,
				${peopleWhere(sql`x.accepted_at is null and x.declined_at is null`, sql`x.offered_at, p.id`)} as offered,
				(select json_build_object('state', case when x.accepted_at is not null then 'shared'
						when x.declined_at is not null then 'declined' else 'offered' end,
						'by', coalesce(o.name, 'Somebody'), 'duties', x.duties, 'ownWords', x.own_words)
					from area_person x left join person o on o.id = x.offered_by
					where x.area_id = a.id and x.person_id = ${viewer.id}) as mine
			from area a where ${which} and (${canMakeAreas(viewer)}
				or exists (select from area_person x where x.area_id = a.id and x.person_id = ${viewer.id})
				or exists (select from area_space x join space s on s.id = x.space_id where x.area_id = a.id and ${visibleSpaces(viewer, 's')}))
			order by lower(a.name), a.id limit 500`
	);
	return found.map((one) => {
		const mayOffer = canOffer(viewer, one.mine?.state === 'shared');
		return {
			...one,
			spaces: one.spaces.map((space) => ({ ...space, tends: canTend(viewer, { spaceId: space.id }) })),
			offered: mayOffer ? one.offered : [],
			untaken: duties.filter((duty) => !one.people.some((person) => person.duties.includes(duty))),
			...{ canChange: canMakeAreas(viewer), canOffer: mayOffer }
		};
	});
}

/**
 * Spaces that hang on one person or on nobody: stewards count, and people of an area who may read them.
 * @throws Failure forbidden for those who make no areas
 */
export async function lonelySpaces(db: Db, viewer: Viewer): Promise<LonelySpace[]> {
	allow(canMakeAreas(viewer), 'Admins and community managers see this.');
	return rows<LonelySpace>(
		db,
		sql`select s.id, s.slug, s.name, (array_agg(json_build_object('id', p.id, 'name', p.name)) filter (where p.id is not null))[1] as by,
				(select json_build_object('id', a.id, 'name', a.name) from area_space x join area a on a.id = x.area_id
					where x.space_id = s.id order by lower(a.name) limit 1) as area
			from space s left join lateral (
				select m.person_id from space_member m where m.space_id = s.id and m.role = 'steward'
				union
				select x.person_id from area_space t join area_person x on x.area_id = t.area_id and x.accepted_at is not null
					where t.space_id = s.id and (s.access = 'open' or exists (
						select from space_member m where m.space_id = s.id and m.person_id = x.person_id))
			) tends on true
			left join person p on p.id = tends.person_id and p.deactivated_at is null
			where s.archived_at is null and ${visibleSpaces(viewer, 's')}
			group by s.id having count(p.id) < 2 order by count(p.id), lower(s.name), s.id limit 100`
	);
}

/** Spaces that the viewer could put into an area, beyond those that are in it. */
export const spacesToPlace = (db: Db, viewer: Viewer, areaId: string | null): Promise<AreaSpace[]> =>
	rows<AreaSpace>(
		db,
		sql`select s.id, s.slug, s.name from space s where s.archived_at is null and ${visibleSpaces(viewer, 's')}
			and (${canMakeAreas(viewer)} or exists (
				select from space_member m where m.space_id = s.id and m.person_id = ${viewer.id} and m.role = 'steward'))
			and not exists (select from area_space x where x.area_id = ${areaId}::uuid and x.space_id = s.id)
			order by lower(s.name), s.id limit 500`
	);

/**
 * Colleagues who could share an area: by a part of their name, or else who is in its spaces, stewards first.
 * @throws Failure not_found; forbidden for those who may not offer it
 */
export async function candidates(db: Db, viewer: Viewer, areaId: string, q: string): Promise<Candidate[]> {
	const { canOffer, spaces } = await readArea(db, viewer, areaId);
	allow(canOffer, 'Who shares the area asks others, and who makes areas.');
	const typed = q
		.trim()
		.slice(0, 60)
		.replace(/[\\%_]/g, '\\$&');
	const own = sql.join([sql`null::uuid`, ...spaces.map(({ id }) => sql`${id}::uuid`)], sql`, `);
	return rows<Candidate>(
		db,
		sql`select p.id, p.name, p.headline, p.image,
				case when x.declined_at > now() - make_interval(days => ${PEACE_DAYS})
					then (x.declined_at + make_interval(days => ${PEACE_DAYS}))::date::text end as "peaceUntil"
			from person p left join area_person x on x.area_id = ${areaId} and x.person_id = p.id
			left join lateral (select bool_or(m.role = 'steward') as steward from space_member m
				where m.person_id = p.id and m.space_id in (${own})) near on true
			where p.deactivated_at is null and p.id <> ${viewer.id} and (x.person_id is null or x.declined_at is not null)
				and ${typed ? sql`p.name ilike ${`%${typed}%`}` : sql`near.steward is not null`}
			order by near.steward desc nulls last, lower(p.name), p.id limit ${typed ? 10 : 5}`
	);
}

/** Whether the viewer shares an area that is there; locked until the transaction ends. @throws Failure not_found */
export async function lockArea(
	tx: Db,
	viewer: Viewer,
	id: string
): Promise<{ id: string; version: number; shares: boolean }> {
	const found = isId(id)
		? await row<{ id: string; version: number }>(tx, sql`select id, version from area where id = ${id} for update`)
		: undefined;
	const { mine } = await readArea(tx, viewer, found?.id ?? '');
	return { ...found!, shares: mine?.state === 'shared' };
}
