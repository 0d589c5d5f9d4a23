import { eq } from 'drizzle-orm';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { SignIn } from '../input.ts';
import { password } from './auth-schema.ts';
import { hashPassword, isPassword, pretendToCheck } from './passwords.ts';
import { countAttempt, forgetAttempts } from './throttle.ts';

/** Ten wrong passwords for an account, or fifty from one address, within a quarter of an hour. */
const perAccount = { attempts: 10, minutes: 15 };
const perAddress = { attempts: 50, minutes: 15 };

export interface SignedIn {
	personId: string;
	/** A code from the authenticator app is still needed. */
	secondFactor: boolean;
}

/**
 * Checks e-mail and password. An unknown address, a wrong password and an account that was
 * deactivated get the same answer after the same time.
 * @param address where the request comes from
 * @throws Failure invalid, or too_many
 */
export async function signInWithPassword(db: Db, input: SignIn, address: string): Promise<SignedIn> {
	await countAttempt(db, `sign-in:${address}`, perAddress);
	await countAttempt(db, `sign-in:${input.email}`, perAccount);
	const found = await row<{ id: string; hash: string; second_factor: boolean }>(
		db,
		sql`select p.id, w.hash, p.two_factor_enabled as second_factor
			from person p join password w on w.person_id = p.id
			where p.email = ${input.email} and p.deactivated_at is null`
	);
	const right = found ? await isPassword(input.password, found.hash) : await pretendToCheck(input.password);
	if (!found || !right) throw invalid({ password: 'E-mail and password do not go together.' });
	await forgetAttempts(db, `sign-in:${input.email}`);
	return { personId: found.id, secondFactor: found.second_factor };
}

/** Sets or replaces a person's password. */
export async function setPassword(db: Db, personId: string, plain: string): Promise<void> {
	const hash = await hashPassword(plain);
	await db
		.insert(password)
		.values({ personId, hash })
		.onConflictDoUpdate({ target: password.personId, set: { hash, changedAt: sql`now()` } });
}

/** Whether this is the person's present password, asked before it is changed. */
export async function isOwnPassword(db: Db, personId: string, plain: string): Promise<boolean> {
	const [found] = await db.select({ hash: password.hash }).from(password).where(eq(password.personId, personId));
	return found ? isPassword(plain, found.hash) : false;
}
