import { expect, test } from 'vitest';
import { sql } from '#src/platform/server/db.ts';
import { aPerson } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import {
	awaitSecondFactor,
	beginSecondFactor,
	confirmSecondFactor,
	finishSignIn,
	removeSecondFactor,
	secondFactorOf
} from './second-factor.ts';
import { stepOfCode, totp } from './totp.ts';

const { db } = await testDatabase();
/** The key of RFC 6238's test vectors, "12345678901234567890", in base32. */
const rfcKey = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const step = () => Math.floor(Date.now() / 30_000);

test.each([
	[59, '287082'],
	[1111111109, '081804'],
	[1111111111, '050471'],
	[1234567890, '005924'],
	[2000000000, '279037']
])('the code at second %i is %s, as RFC 6238 says', (seconds, code) => {
	expect(totp(rfcKey, Math.floor(seconds / 30))).toBe(code);
	expect(stepOfCode(rfcKey, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
	expect(stepOfCode(rfcKey, code, (seconds + 90) * 1000)).toBeUndefined();
});

test('a code and a backup code end a sign-in once each', async () => {
	const person = await aPerson(db);
	const secret = await beginSecondFactor(db, person);
	const codes = await confirmSecondFactor(db, person, totp(secret, step() - 1));
	expect(await secondFactorOf(db, person)).toEqual({ on: true, codesLeft: 10 });
	await expect(beginSecondFactor(db, person)).rejects.toMatchObject({ kind: 'conflict' });
	const code = totp(secret, step());
	expect(await finishSignIn(db, await awaitSecondFactor(db, person.id), code)).toBe(person.id);
	await expect(finishSignIn(db, await awaitSecondFactor(db, person.id), code)).rejects.toMatchObject({
		kind: 'invalid'
	});
	const backup = codes[0]!.replace('-', '');
	const tries = [await awaitSecondFactor(db, person.id), await awaitSecondFactor(db, person.id)];
	const ended = await Promise.allSettled(tries.map((waiting) => finishSignIn(db, waiting, backup)));
	expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	await removeSecondFactor(db, person, codes[1]!.replace('-', ''));
	expect(await secondFactorOf(db, person)).toEqual({ on: false, codesLeft: 0 });
});

test('codes cannot be guessed: ten tries, then a pause; a sign-in waits ten minutes only', async () => {
	const person = await aPerson(db);
	const secret = await beginSecondFactor(db, person);
	await confirmSecondFactor(db, person, totp(secret, step() - 1));
	const waiting = await awaitSecondFactor(db, person.id);
	for (let attempt = 1; attempt <= 9; attempt += 1)
		await expect(finishSignIn(db, waiting, 'zzzzzz')).rejects.toMatchObject({ kind: 'invalid' });
	await expect(finishSignIn(db, waiting, totp(secret, step()))).rejects.toMatchObject({ kind: 'too_many' });
	await db.execute(sql`update one_time_token set expires_at = now()`);
	await expect(finishSignIn(db, waiting, totp(secret, step()))).rejects.toMatchObject({ kind: 'unauthenticated' });
});
