import { sql, row, type Db } from '#src/platform/server/db.ts';
import type { OrgRole } from '../roles.ts';
import { unauthenticated } from '#src/platform/server/errors.ts';

export type { OrgRole } from '../roles.ts';

/**
 * Who asks. Every read and every write takes one; it holds all that access decisions
 * need, so policies are pure functions of it.
 */
export interface Viewer {
	id: string;
	name: string;
	/** Address of the photo. */
	image: string | null;
	orgRoles: readonly OrgRole[];
	/** Spaces the person is in, with the role there. */
	memberships: ReadonlyMap<string, 'member' | 'steward'>;
	/** Those of the person's spaces that are archived: to be read, not written in. */
	archivedSpaces: ReadonlySet<string>;
	/** Spaces whose items the person may read: open ones and their own. */
	readableSpaces: readonly string[];
	/** Spaces of the areas that the person shares: to be looked after as far as they may be read. */
	tended: ReadonlySet<string>;
	timeZone: string;
	/** How dates and numbers are written for them. */
	language: string;
	/** What the organisation mostly writes in. */
	contentLanguage: string;
}

/** Loads a person's rights; undefined for nobody and for people who were deactivated. */
export async function loadViewer(db: Db, personId: string): Promise<Viewer | undefined> {
	const found = await row<{
		id: string;
		name: string;
		image: string | null;
		time_zone: string;
		language: string;
		content_language: string;
		org_roles: OrgRole[];
		memberships: Record<string, 'member' | 'steward'>;
		archived: string[];
		readable: string[];
		tended: string[];
	}>(
		db,
		sql`select p.id, p.name, p.image, p.time_zone, p.language,
			coalesce((select language from organisation), 'en') as content_language,
			array(select role from org_role where person_id = p.id) as org_roles,
			(select coalesce(jsonb_object_agg(space_id, role), '{}') from space_member where person_id = p.id) as memberships,
			array(
				select s.id::text from space s join space_member m on m.space_id = s.id
				where m.person_id = p.id and s.archived_at is not null
			) as archived,
			array(
				select s.id::text from space s
				where s.access = 'open' or exists (select 1 from space_member m where m.space_id = s.id and m.person_id = p.id)
			) as readable,
			array(
				select distinct s.space_id::text from area_person x join area_space s on s.area_id = x.area_id
				where x.person_id = p.id and x.accepted_at is not null
			) as tended
			from person p where p.id = ${personId} and p.deactivated_at is null`
	);
	if (!found) return undefined;
	return {
		id: found.id,
		name: found.name,
		image: found.image,
		orgRoles: found.org_roles,
		memberships: new Map(Object.entries(found.memberships)),
		archivedSpaces: new Set(found.archived),
		readableSpaces: found.readable,
		tended: new Set(found.tended),
		timeZone: found.time_zone,
		language: found.language,
		contentLanguage: found.content_language
	};
}

/** For routes that only people with an account may use. @throws Failure unauthenticated */
export function requireViewer(viewer: Viewer | undefined): Viewer {
	if (!viewer) throw unauthenticated();
	return viewer;
}
