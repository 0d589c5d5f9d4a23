import { expect, test } from 'vitest';
import { loadViewer } from '#src/core/access/server/viewer.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aPerson } from '#src/testing/builders.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { foundOrganisation } from './first-run.ts';
import { isPassword, hashPassword } from './passwords.ts';
import { endOtherSessions, endSession, findSession, mySessions, startSession } from './sessions.ts';
import { setPassword, signInWithPassword } from './sign-in.ts';

const { db } = await testDatabase();
const password = 'correct horse battery';

test('the first run creates the organisation once, also when two people press at the same time', async () => {
	const press = (name: string) =>
		foundOrganisation(db, {
			organisation: 'Vine',
			name,
			email: `${name}@example.org`,
			password,
			timeZone: 'Europe/Berlin'
		});
	const [first, second] = await Promise.allSettled([press('ada'), press('bob')]);
	const won = first.status === 'fulfilled' ? first : second;
	const lost = first.status === 'fulfilled' ? second : first;
	expect(lost).toMatchObject({ status: 'rejected', reason: { kind: 'conflict' } });
	const people = await rows<{ id: string }>(db, sql`select id from person`);
	expect(people).toHaveLength(1);
	const admin = await loadViewer(db, (won as PromiseFulfilledResult<string>).value);
	expect(admin?.orgRoles).toEqual(['admin']);
	expect([...admin!.memberships.values()]).toEqual(['steward']);
});

test('a hash tells the right password from others, whatever its Unicode form', async () => {
	const hash = await hashPassword('für immer und länger');
	expect(await isPassword('fu\u0308r immer und la\u0308nger', hash)).toBe(true);
	expect(await isPassword('fur immer und langer', hash)).toBe(false);
	expect(await isPassword('anything', 'no hash')).toBe(false);
});

test('an unknown address, a wrong password and a deactivated account are answered alike', async () => {
	const known = await aPerson(db, { email: 'known@example.org' });
	const gone = await aPerson(db, { email: 'gone@example.org' });
	await setPassword(db, known.id, password);
	await setPassword(db, gone.id, password);
	await db.execute(sql`update person set deactivated_at = now() where id = ${gone.id}`);
	const tries = [
		{ email: 'known@example.org', password: 'wrong' },
		{ email: 'unknown@example.org', password },
		{ email: 'gone@example.org', password }
	].map((input) => signInWithPassword(db, input, '10.0.0.1').catch((error: Error) => error.message));
	expect(new Set(await Promise.all(tries)).size).toBe(1);
	expect(await signInWithPassword(db, { email: 'known@example.org', password }, '10.0.0.1')).toEqual({
		personId: known.id,
		secondFactor: false
	});
});

test('after ten wrong passwords the account waits, with the right one too', async () => {
	const person = await aPerson(db, { email: 'slow@example.org' });
	await setPassword(db, person.id, password);
	const wrong = () => signInWithPassword(db, { email: 'slow@example.org', password: 'no' }, '10.0.0.2');
	for (let attempt = 1; attempt <= 10; attempt += 1) await expect(wrong()).rejects.toMatchObject({ kind: 'invalid' });
	await expect(signInWithPassword(db, { email: 'slow@example.org', password }, '10.0.0.3')).rejects.toMatchObject({
		kind: 'too_many',
		details: { retryAfterSeconds: expect.any(Number) }
	});
});

test('a session ends where it is ended, and nobody ends those of others', async () => {
	const person = await aPerson(db);
	const other = await aPerson(db);
	const [here, there] = [await startSession(db, person.id, 'Phone'), await startSession(db, person.id, 'Desk')];
	const hereId = (await findSession(db, here))!.id;
	await endSession(db, other, hereId);
	expect(await mySessions(db, person)).toHaveLength(2);
	await endOtherSessions(db, person.id, hereId);
	expect(await findSession(db, there)).toBeUndefined();
	expect(await findSession(db, here)).toEqual({ id: hereId, personId: person.id });
	await db.execute(sql`update session set last_seen_at = now() - interval '31 days' where id = ${hereId}`);
	expect(await findSession(db, here)).toBeUndefined();
});
