import { eq } from 'drizzle-orm';
import { enter } from '#src/core/spaces/server/members.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { SignUp } from '../input.ts';
import { redeemToken } from './one-time.ts';
import { organisation, person } from './schema.ts';
import { setPassword } from './sign-in.ts';

/**
 * Makes somebody a member of the organisation, with an address that is known to be theirs
 * or not. The caller has decided that they may join.
 * @returns the person's id
 * @throws Failure invalid when the address has an account
 */
export async function addPerson(tx: Db, input: SignUp & { email: string; emailVerified: boolean }): Promise<string> {
	const id = newId();
	const { name, email, emailVerified, timeZone } = input;
	const [here] = await tx.select({ language: organisation.language }).from(organisation);
	const made = await tx
		.insert(person)
		.values({ id, name, email, emailVerified, timeZone, language: here?.language })
		.onConflictDoNothing()
		.returning({ id: person.id });
	if (made.length === 0) throw invalid({ email: 'This address has an account already. Sign in instead.' });
	await setPassword(tx, id, input.password);
	const everybody = await row<{ id: string }>(tx, sql`select id from space where kind = 'organisation'`);
	if (everybody) await enter(tx, everybody.id, id);
	return id;
}

/** Whether people with an address may sign up by themselves. */
export async function mayOpenlySignUp(db: Db, email: string): Promise<boolean> {
	const [found] = await db.select({ domains: organisation.openDomains }).from(organisation);
	return found?.domains.includes(email.slice(email.lastIndexOf('@') + 1)) ?? false;
}

/** Whether anybody may sign up without an invitation. */
export async function openSignUp(db: Db): Promise<boolean> {
	const [found] = await db.select({ domains: organisation.openDomains }).from(organisation);
	return (found?.domains.length ?? 0) > 0;
}

/**
 * Ends the sign-up of somebody whose address was confirmed by the link in a mail.
 * @throws Failure conflict when the link was used or is too old
 */
export async function confirmSignUp(db: Db, secret: string, input: SignUp): Promise<string> {
	return db.transaction(async (tx) => {
		const token = await redeemToken(tx, 'sign_up', secret);
		if (!token?.email || !(await mayOpenlySignUp(tx, token.email)))
			throw conflict('This link has been used, or is too old. Ask for a new one.');
		return addPerson(tx, { ...input, email: token.email, emailVerified: true });
	});
}

/** The person an address belongs to, active or not. */
export async function personByEmail(db: Db, email: string): Promise<{ id: string; active: boolean } | undefined> {
	const [found] = await db
		.select({ id: person.id, gone: person.deactivatedAt })
		.from(person)
		.where(eq(person.email, email));
	return found && { id: found.id, active: found.gone === null };
}
