import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { secondFactor } from '#src/core/people/server/auth-schema.ts';
import { beginSecondFactor } from '#src/core/people/server/second-factor.ts';
import { sql } from '#src/platform/server/db.ts';
import { isSealed, openVault, seal, unseal } from '#src/platform/server/vault.ts';
import { aPerson } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { checkKey } from './sealing.ts';

const connection = await testDatabase();
const { db } = connection;
const folder = mkdtempSync(join(tmpdir(), 'trellis-key-'));
const SECRET = 'a secret that is long enough for a test';
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => openVault({ SECRET, DATA_DIR: folder }));

test('what is sealed opens with its key, in its place, unchanged', () => {
	const sealed = seal('JBSWY3DP', 'ada');
	expect(sealed).not.toContain('JBSWY3DP');
	expect(seal('JBSWY3DP', 'ada')).not.toBe(sealed);
	expect(unseal(sealed, 'ada')).toBe('JBSWY3DP');
	expect(() => unseal(sealed, 'carl')).toThrow();
	const [form, nonce, text, tag] = sealed.split('.');
	const other = Buffer.from(text!, 'base64url').map((byte, index) => (index === 0 ? byte ^ 1 : byte));
	expect(() => unseal([form, nonce, Buffer.from(other).toString('base64url'), tag].join('.'), 'ada')).toThrow();
	expect(() => unseal('JBSWY3DP', 'ada')).toThrow('never sealed');
	openVault({ SECRET: `${SECRET}!`, DATA_DIR: folder });
	expect(() => unseal(sealed, 'ada')).toThrow();
});

test('without SECRET a key is made once, for its owner alone, and found again', () => {
	openVault({ DATA_DIR: join(folder, 'new', 'data') });
	const path = join(folder, 'new', 'data', 'secret.key');
	expect(statSync(path).mode & 0o777).toBe(0o600);
	const sealed = seal('JBSWY3DP', 'ada');
	const before = readFileSync(path, 'utf8');
	openVault({ DATA_DIR: join(folder, 'new', 'data') });
	expect(readFileSync(path, 'utf8')).toBe(before);
	expect(unseal(sealed, 'ada')).toBe('JBSWY3DP');
	writeFileSync(path, '');
	expect(() => openVault({ DATA_DIR: join(folder, 'new', 'data') })).toThrow('is empty');
	expect(() => openVault({ DATA_DIR: '/proc/none' })).toThrow('can neither be read nor made');
});

test('secrets of two-factor sign-in are stored sealed, those of before are sealed at the start', async () => {
	const [now, before] = [await aPerson(db), await aPerson(db)];
	const secret = await beginSecondFactor(db, now);
	await db.insert(secondFactor).values({ personId: before.id, secret: 'JBSWY3DP' });
	await checkKey(connection);
	await checkKey(connection);
	const stored = new Map((await db.select().from(secondFactor)).map((each) => [each.personId, each.secret]));
	expect([...stored.values()].every(isSealed)).toBe(true);
	expect(unseal(stored.get(before.id)!, before.id)).toBe('JBSWY3DP');
	expect(await beginSecondFactor(db, now)).toBe(secret);
	expect(await beginSecondFactor(db, before)).toBe('JBSWY3DP');
});

test('a process with another key does not start on the database', async () => {
	await checkKey(connection);
	openVault({ SECRET: `${SECRET}!`, DATA_DIR: folder });
	await expect(checkKey(connection)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('SECRET') });
	await db.execute(sql`delete from vault_proof`);
	await checkKey(connection);
});
