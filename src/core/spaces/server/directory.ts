import { allow, canRead, canWriteIn, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleSpaces } from '#src/core/access/server/visibility.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { SpaceHeader } from '../header.ts';
import {
	canAddMembers,
	canInviteInto,
	canJoin,
	canLeave,
	canManage,
	canManageMembers,
	canRequest,
	canSeeMembers
} from './policy.ts';
import { spaceBySlug, type Space } from './read.ts';

/** A space as the directory shows it. */
export interface SpaceLine {
	id: string;
	slug: string;
	name: string;
	purpose: string;
	kind: Space['kind'];
	access: Space['access'];
	archived: boolean;
	members: number;
	role: 'member' | 'steward' | null;
	requested: boolean;
}

/** All spaces the viewer may know of: their own first, archived ones last. */
export async function listSpaces(db: Db, viewer: Viewer): Promise<SpaceLine[]> {
	return rows<SpaceLine>(
		db,
		sql`select s.id, s.slug, s.name, s.purpose, s.kind, s.access, s.archived_at is not null as archived,
				(select count(*)::int from space_member m where m.space_id = s.id) as members,
				me.role, r.person_id is not null as requested
			from space s
			left join space_member me on me.space_id = s.id and me.person_id = ${viewer.id}
			left join space_request r on r.space_id = s.id and r.person_id = ${viewer.id}
			where ${visibleSpaces(viewer, 's')}
			order by s.archived_at is not null, s.kind <> 'organisation', me.role is null, lower(s.name), s.id
			limit 1000`
	);
}

export interface Member {
	id: string;
	name: string;
	image: string | null;
	headline: string;
	role: 'member' | 'steward';
}

/** Who is in a space, stewards first. @param page the number of the page, from 0 */
export async function listMembers(db: Db, viewer: Viewer, space: Space, page = 0): Promise<Member[]> {
	allow(canSeeMembers(viewer, space), 'Only members see who is here.');
	return rows<Member>(
		db,
		sql`select p.id, p.name, p.image, p.headline, m.role
			from space_member m join person p on p.id = m.person_id
			where m.space_id = ${space.id} and p.deactivated_at is null
			order by m.role desc, lower(p.name), p.id limit ${MEMBERS_A_PAGE + 1} offset ${page * MEMBERS_A_PAGE}`
	);
}
export const MEMBERS_A_PAGE = 50;

/** Who looks after a space: known to all who know of the space, so that they can ask. */
export async function listStewards(db: Db, space: Space): Promise<{ id: string; name: string }[]> {
	return rows(
		db,
		sql`select p.id, p.name from space_member m join person p on p.id = m.person_id
			where m.space_id = ${space.id} and m.role = 'steward' and p.deactivated_at is null order by lower(p.name) limit 20`
	);
}

export interface JoinRequest {
	id: string;
	name: string;
	headline: string;
	message: string;
	at: string;
}

/** Who asks to be let in; only stewards see it. */
export async function listRequests(db: Db, viewer: Viewer, space: Space): Promise<JoinRequest[]> {
	if (!isSteward(viewer, space.id)) return [];
	const asked = await rows<JoinRequest>(
		db,
		sql`select p.id, p.name, p.headline, r.message, r.created_at as at
			from space_request r join person p on p.id = r.person_id
			where r.space_id = ${space.id} and p.deactivated_at is null order by r.created_at limit 200`
	);
	return asked.map((one) => ({ ...one, at: iso(one.at) }));
}

/** A space with its numbers and what the viewer may do in it. @throws Failure not_found */
export async function spaceHeader(db: Db, viewer: Viewer, slug: string): Promise<SpaceHeader> {
	const space = await spaceBySlug(db, viewer, slug);
	const numbers = await row<{ members: number; requested: boolean; requests: number }>(
		db,
		sql`select
			(select count(*)::int from space_member m join person p on p.id = m.person_id
				where m.space_id = ${space.id} and p.deactivated_at is null) as members,
			exists (select 1 from space_request where space_id = ${space.id} and person_id = ${viewer.id}) as requested,
			(select count(*)::int from space_request where space_id = ${space.id}) as requests`
	);
	const { id, name, purpose, kind, access, allowAnonymous } = space;
	return {
		...{ id, slug: space.slug, name, purpose, kind, access, allowAnonymous, archived: space.archivedAt !== null },
		members: numbers!.members,
		stewards: await listStewards(db, space),
		role: viewer.memberships.get(id) ?? null,
		requested: numbers!.requested,
		requests: isSteward(viewer, id) ? numbers!.requests : 0,
		canRead: canRead(viewer, { spaceId: id }),
		canWrite: canWriteIn(viewer, { spaceId: id }),
		canJoin: canJoin(viewer, space),
		canRequest: canRequest(viewer, space) && !numbers!.requested,
		canLeave: canLeave(viewer, space),
		canSeeMembers: canSeeMembers(viewer, space),
		canAddMembers: canAddMembers(viewer, space),
		canInvite: canInviteInto(viewer, space),
		canManageMembers: canManageMembers(viewer, space),
		canManage: canManage(viewer, space)
	};
}

/** Colleagues who are not in the space, by a part of their name; for those who may bring them in. */
export async function findToAdd(
	db: Db,
	viewer: Viewer,
	space: Space,
	q: string
): Promise<{ id: string; name: string; headline: string }[]> {
	if (!q || !canAddMembers(viewer, space)) return [];
	const typed = q.slice(0, 60).replace(/[\\%_]/g, '\\$&');
	return rows(
		db,
		sql`select p.id, p.name, p.headline from person p
			where p.deactivated_at is null and p.name ilike ${`%${typed}%`}
				and not exists (select 1 from space_member m where m.space_id = ${space.id} and m.person_id = p.id)
			order by lower(p.name), p.id limit 10`
	);
}
