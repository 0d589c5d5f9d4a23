import { randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, unauthenticated } from '#src/platform/server/errors.ts';
import { hashSecret } from '#src/platform/server/secrets.ts';
import { seal, unseal } from '#src/platform/server/vault.ts';
import { backupCode, secondFactor } from './auth-schema.ts';
import { issueToken, peekToken, redeemToken } from './one-time.ts';
import { person } from './schema.ts';
import { countAttempt } from './throttle.ts';
import { newTotpSecret, stepOfCode } from './totp.ts';

const WRONG = 'This code is not right. Codes change every 30 seconds.';
const perAccount = { attempts: 10, minutes: 15 };

/** Where a person stands: the secret is there only until it has been confirmed. */
export async function secondFactorOf(db: Db, viewer: Viewer): Promise<{ on: boolean; codesLeft: number }> {
	const found = await row<{ on: boolean; left: number }>(
		db,
		sql`select two_factor_enabled as on,
				(select count(*)::int from backup_code b where b.person_id = p.id and used_at is null) as left
			from person p where id = ${viewer.id}`
	);
	return { on: found?.on ?? false, codesLeft: found?.left ?? 0 };
}

/** Begins to set up an authenticator app; the same secret again until it is confirmed. @throws Failure conflict when one is set up */
export async function beginSecondFactor(db: Db, viewer: Viewer): Promise<string> {
	const secret = seal(newTotpSecret(), viewer.id);
	await db.insert(secondFactor).values({ personId: viewer.id, secret }).onConflictDoNothing();
	const [found] = await db.select().from(secondFactor).where(eq(secondFactor.personId, viewer.id));
	if (found!.confirmedAt) throw conflict('Two-factor sign-in is on already.');
	return unseal(found!.secret, viewer.id);
}

/** Turns two-factor on with a first code. @returns ten backup codes, shown once */
export async function confirmSecondFactor(db: Db, viewer: Viewer, code: string): Promise<string[]> {
	await countAttempt(db, `code:${viewer.id}`, perAccount);
	return db.transaction(async (tx) => {
		await useCode(tx, viewer.id, code, false);
		await tx
			.update(secondFactor)
			.set({ confirmedAt: sql`now()` })
			.where(eq(secondFactor.personId, viewer.id));
		await tx.update(person).set({ twoFactorEnabled: true }).where(eq(person.id, viewer.id));
		return makeBackupCodes(tx, viewer.id);
	});
}

/** Turns two-factor off, with a code. */
export async function removeSecondFactor(db: Db, viewer: Viewer, code: string): Promise<void> {
	await countAttempt(db, `code:${viewer.id}`, perAccount);
	await db.transaction(async (tx) => {
		await useCode(tx, viewer.id, code, true);
		await tx.delete(secondFactor).where(eq(secondFactor.personId, viewer.id));
		await tx.delete(backupCode).where(eq(backupCode.personId, viewer.id));
		await tx.update(person).set({ twoFactorEnabled: false }).where(eq(person.id, viewer.id));
	});
}

/** Makes ten new backup codes, with a code; the old ones stop working. */
export async function renewBackupCodes(db: Db, viewer: Viewer, code: string): Promise<string[]> {
	await countAttempt(db, `code:${viewer.id}`, perAccount);
	return db.transaction(async (tx) => {
		await useCode(tx, viewer.id, code, true);
		return makeBackupCodes(tx, viewer.id);
	});
}

/** What holds the place between password and code: a secret for a cookie, good for ten minutes. */
export const awaitSecondFactor = (db: Db, personId: string) => issueToken(db, 'second_factor', 10, { personId });

/**
 * Ends a sign-in that waits for its code.
 * @returns the person
 * @throws Failure unauthenticated when it took too long, invalid for a wrong code, too_many
 */
export async function finishSignIn(db: Db, waiting: string, code: string): Promise<string> {
	const token = await peekToken(db, 'second_factor', waiting);
	if (!token?.personId) throw unauthenticated('This took too long. Sign in again.');
	const { personId } = token;
	await countAttempt(db, `code:${personId}`, perAccount);
	await db.transaction(async (tx) => {
		await useCode(tx, personId, code, true);
		if (!(await redeemToken(tx, 'second_factor', waiting))) throw unauthenticated('Sign in again.');
	});
	return personId;
}

/** Takes a code of the app, or a backup code; each works once. @throws Failure invalid */
async function useCode(tx: Db, personId: string, code: string, confirmed: boolean): Promise<void> {
	const [factor] = await tx.select().from(secondFactor).where(eq(secondFactor.personId, personId)).for('update');
	if (!factor || confirmed !== (factor.confirmedAt !== null)) throw invalid({ code: WRONG });
	const step = stepOfCode(unseal(factor.secret, personId), code);
	if (step !== undefined && step > factor.lastStep) {
		await tx.update(secondFactor).set({ lastStep: step }).where(eq(secondFactor.personId, personId));
		return;
	}
	if (confirmed && (await useBackupCode(tx, personId, code))) return;
	throw invalid({ code: WRONG });
}

async function useBackupCode(tx: Db, personId: string, code: string): Promise<boolean> {
	const used = await tx
		.update(backupCode)
		.set({ usedAt: sql`now()` })
		.where(
			and(
				eq(backupCode.personId, personId),
				eq(backupCode.codeHash, hashSecret(personId + code)),
				isNull(backupCode.usedAt)
			)
		)
		.returning({ personId: backupCode.personId });
	return used.length > 0;
}

/** Ten codes of ten letters and digits, 50 bits each. */
async function makeBackupCodes(tx: Db, personId: string): Promise<string[]> {
	const alphabet = 'abcdefghjkmnpqrstuvwxyz234567890';
	const codes = Array.from({ length: 10 }, () => [...randomBytes(10)].map((byte) => alphabet[byte % 32]).join(''));
	await tx.delete(backupCode).where(eq(backupCode.personId, personId));
	await tx.insert(backupCode).values(codes.map((code) => ({ personId, codeHash: hashSecret(personId + code) })));
	return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}
