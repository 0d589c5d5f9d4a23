import { and, eq } from 'drizzle-orm';
import { allow } from '#src/core/access/server/policy.ts';
import { tellRightsChanged } from '#src/core/access/server/rights.ts';
import type { OrgRole, Viewer } from '#src/core/access/server/viewer.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import type { OrganisationSettings } from '../input.ts';
import { canManageOrganisation, canManagePeople } from './policy.ts';
import { organisation, orgRole, person } from './schema.ts';
import { endOtherSessions } from './sessions.ts';

export interface ManagedPerson {
	id: string;
	name: string;
	email: string;
	image: string | null;
	roles: OrgRole[];
	active: boolean;
}

export const PEOPLE_A_PAGE = 50;

/** Everybody with an account, for those who look after people. */
export async function listManagedPeople(db: Db, viewer: Viewer, q = '', page = 0): Promise<ManagedPerson[]> {
	allow(canManagePeople(viewer));
	const typed = `%${q.slice(0, 60).replace(/[\\%_]/g, '\\$&')}%`;
	return rows(
		db,
		sql`select p.id, p.name, p.email, p.image, p.deactivated_at is null as active,
				array(select role from org_role r where r.person_id = p.id order by role) as roles
			from person p where p.name ilike ${typed} or p.email ilike ${typed}
			order by lower(p.name), p.id limit ${PEOPLE_A_PAGE + 1} offset ${page * PEOPLE_A_PAGE}`
	);
}

/** Gives a person exactly these roles. @throws Failure conflict for the last admin */
export async function setRoles(
	db: Db,
	viewer: Viewer,
	{ personId, roles }: { personId: string; roles: readonly OrgRole[] }
): Promise<void> {
	allow(canManagePeople(viewer), 'Only admins give roles.');
	await db.transaction(async (tx) => {
		await lockOrganisation(tx);
		const [found] = await tx.select({ id: person.id }).from(person).where(eq(person.id, personId));
		if (!found) throw notFound('There is no such person.');
		await tx
			.delete(orgRole)
			.where(
				and(
					eq(orgRole.personId, personId),
					sql`not (${orgRole.role} = any(${sql.param(`{${roles.join(',')}}`)}::text[]))`
				)
			);
		for (const role of roles)
			await tx.insert(orgRole).values({ personId, role, grantedBy: viewer.id }).onConflictDoNothing();
		await needsAdmin(tx);
		await tellRightsChanged(tx, personId);
	});
}

/** Closes a person's account, ending their sessions at once; what they wrote stays. */
export async function deactivatePerson(db: Db, viewer: Viewer, personId: string): Promise<void> {
	allow(canManagePeople(viewer), 'Only admins close accounts.');
	await db.transaction(async (tx) => {
		await lockOrganisation(tx);
		const gone = await tx
			.update(person)
			.set({ deactivatedAt: sql`coalesce(deactivated_at, now())` })
			.where(eq(person.id, personId))
			.returning({ id: person.id });
		if (gone.length === 0) throw notFound('There is no such person.');
		await needsAdmin(tx);
		await endOtherSessions(tx, personId);
	});
}

/** Opens a closed account again. @throws Failure not_found */
export async function reactivatePerson(db: Db, viewer: Viewer, personId: string): Promise<void> {
	allow(canManagePeople(viewer), 'Only admins open accounts.');
	await db.transaction(async (tx) => {
		const opened = await tx
			.update(person)
			.set({ deactivatedAt: null })
			.where(eq(person.id, personId))
			.returning({ id: person.id });
		if (opened.length === 0) throw notFound('There is no such person.');
		await tellRightsChanged(tx, personId);
	});
}

/** The organisation's name and rules. */
export async function readOrganisation(db: Db, viewer: Viewer) {
	allow(canManageOrganisation(viewer));
	const [found] = await db.select().from(organisation);
	if (!found) throw notFound();
	return found;
}

/** Changes the organisation's name, language, and the domains people may sign up from. */
export async function updateOrganisation(db: Db, viewer: Viewer, input: OrganisationSettings): Promise<void> {
	allow(canManageOrganisation(viewer), 'Only admins change the organisation.');
	await db.transaction(async (tx) => {
		await tx.update(organisation).set(input);
		await tellRightsChanged(tx, '*');
	});
}

/** One change of admins at a time: two who give up at once cannot both be the last but one. */
const lockOrganisation = (tx: Db) => rows(tx, sql`select 1 from organisation for no key update`);

async function needsAdmin(tx: Db): Promise<void> {
	const left = await row(
		tx,
		sql`select 1 from org_role r join person p on p.id = r.person_id
			where r.role = 'admin' and p.deactivated_at is null limit 1`
	);
	if (!left) throw conflict('The organisation needs an admin. Make somebody else admin first.');
}
