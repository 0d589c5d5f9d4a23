import { space, spaceMember } from '#src/core/spaces/server/schema.ts';
import type { Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { FirstRun } from '../input.ts';
import { organisation, orgRole, person } from './schema.ts';
import { setPassword } from './sign-in.ts';

/** Whether the organisation exists; once true it stays true, so it is asked once a process. */
export async function isFounded(db: Db): Promise<boolean> {
	founded ||= (await db.select({ id: organisation.id }).from(organisation)).length > 0;
	return founded;
}

let founded = false;

/**
 * Creates the organisation, its admin and the space of everybody, all or nothing.
 * @returns the admin's id
 * @throws Failure conflict when somebody else was first
 */
export async function foundOrganisation(db: Db, input: FirstRun): Promise<string> {
	return db.transaction(async (tx) => {
		const created = await tx
			.insert(organisation)
			.values({ name: input.organisation })
			.onConflictDoNothing()
			.returning({ id: organisation.id });
		if (created.length === 0)
			throw conflict('The organisation has been created already. Sign in, or ask its admin to invite you.');
		const personId = newId();
		const { name, email, timeZone } = input;
		await tx.insert(person).values({ id: personId, name, email, timeZone, emailVerified: true });
		await setPassword(tx, personId, input.password);
		await tx.insert(orgRole).values({ personId, role: 'admin' });
		const spaceId = newId();
		await tx.insert(space).values({
			...{ id: spaceId, slug: 'everybody', name: input.organisation, kind: 'organisation', access: 'open' },
			purpose: 'For everybody here: what concerns us all, and questions that have no other home.',
			createdBy: personId
		});
		await tx.insert(spaceMember).values({ spaceId, personId, role: 'steward' });
		return personId;
	});
}
