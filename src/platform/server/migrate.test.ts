import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { emptyDatabase } from '#src/testing/database.ts';
import { exitCodes } from './config.ts';
import { openClient } from './client.ts';
import { isMigrated, migrate } from './migrate.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'trellis-migrations-'));
	writeFileSync(join(folder, '0001_first.sql'), 'create table first (id integer); select pg_sleep(0.2);');
	return () => rmSync(folder, { recursive: true });
});

const opened: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(opened.map((close) => close())));

async function aDatabase() {
	const url = await emptyDatabase();
	const connect = () => {
		const connection = openClient(url, 2);
		opened.push(connection.close);
		return connection;
	};
	return { connect };
}

test('two processes that start at once apply each migration once', async () => {
	const { connect } = await aDatabase();
	const applied = await Promise.all([connect(), connect(), connect()].map((connection) => migrate(connection, folder)));
	expect(applied.flat()).toEqual(['0001_first.sql']);
});

test('a migration that fails is taken back whole, and the next start tries it again', async () => {
	const { connect } = await aDatabase();
	const second = join(folder, '0002_second.sql');
	writeFileSync(second, 'create table second (id integer); select 1 / 0;');
	await expect(migrate(connect(), folder)).rejects.toMatchObject({
		message: 'Migration 0002_second.sql failed and was taken back: division by zero.',
		exitCode: exitCodes.databaseUnfit
	});
	expect(await isMigrated(connect(), folder)).toBe(false);
	writeFileSync(second, 'create table second (id integer);');
	expect(await migrate(connect(), folder)).toEqual(['0002_second.sql']);
	expect(await isMigrated(connect(), folder)).toBe(true);
});

test('a database that a newer version has changed is left alone', async () => {
	const { connect } = await aDatabase();
	const newer = `${folder}-newer`;
	cpSync(folder, newer, { recursive: true });
	writeFileSync(join(newer, '0009_later.sql'), 'create table later (id integer);');
	await migrate(connect(), newer);
	rmSync(newer, { recursive: true });
	await expect(migrate(connect(), folder)).rejects.toThrow('newer than this Trellis: it has had 0009_later.sql');
});

test('a migration that was changed after it was applied is refused', async () => {
	const { connect } = await aDatabase();
	await migrate(connect(), folder);
	writeFileSync(join(folder, '0001_first.sql'), 'create table other (id integer);');
	await expect(migrate(connect(), folder)).rejects.toThrow('0001_first.sql was changed after it was applied');
});
