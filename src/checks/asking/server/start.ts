import { allow, hasOrgRole, isAdmin } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems, visibleSpaces } from '#src/core/access/server/visibility.ts';
import type { Ground } from '#src/core/grounds/ground.ts';
import { usableGrounds } from '#src/core/grounds/server/grounds.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import { canAskSomebody } from './policy.ts';

export interface AskingStart {
	check: { id: string; title: string; minutes: number };
	/** Whose members the viewer may ask. */
	spaces: { id: string; name: string }[];
	canAskEverybody: boolean;
	/** Analyses that found a lack of knowledge or skill. */
	grounds: Ground[];
}

/** What the form to ask people begins with. @throws Failure forbidden for whoever looks after nobody */
export async function startAsking(db: Db, viewer: Viewer, itemId: string): Promise<AskingStart> {
	const check = isId(itemId)
		? await row<AskingStart['check']>(
				db,
				sql`select i.id, i.title, c.minutes from item i join check_item c on c.item_id = i.id
					where i.id = ${itemId} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!check) throw notFound('This check does not exist, or is not open to you.');
	allow(
		canAskSomebody(viewer),
		'Stewards ask the members of their spaces, managers those of their teams, and admins anybody.'
	);
	const own = (condition: ReturnType<typeof sql>) =>
		sql`exists (select 1 from space_member m where m.space_id = s.id and m.person_id = ${viewer.id} and ${condition})`;
	const isTeamOfManager = hasOrgRole(viewer, 'people_manager')
		? sql`(s.kind = 'team' and ${own(sql`true`)})`
		: sql`false`;
	const spaces = await rows<{ id: string; name: string }>(
		db,
		sql`select s.id, s.name from space s where s.archived_at is null and s.kind <> 'organisation' and ${visibleSpaces(viewer, 's')}
			and (${isAdmin(viewer)} or ${own(sql`m.role = 'steward'`)} or ${isTeamOfManager}) order by s.name`
	);
	return { check, spaces, canAskEverybody: isAdmin(viewer), grounds: await usableGrounds(db, viewer) };
}
