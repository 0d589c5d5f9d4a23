import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type postgres from 'postgres';
import type { Client } from './client.ts';
import { exitCodes, StartError } from './config.ts';

/** Any fixed number: everybody who migrates this database asks for the same lock. */
const LOCK = 7_305_771;

interface Migration {
	name: string;
	text: string;
	checksum: string;
}

/**
 * Brings the database up to date: applies each `migrations/*.sql` not yet applied, in
 * order of name, each in a transaction of its own, one process at a time.
 * @returns the names applied now
 * @throws StartError when a file that was applied has been changed since, or one fails
 */
export async function migrate({ client }: Client, folder = 'migrations'): Promise<string[]> {
	const files = read(folder);
	const session = await client.reserve();
	try {
		await session`select pg_advisory_lock(${LOCK})`;
		await session`create table if not exists migration (
			name text primary key, checksum text not null, applied_at timestamptz not null default now())`;
		const waiting = await notApplied(session, files);
		for (const migration of waiting) await apply(session, migration);
		return waiting.map(({ name }) => name);
	} finally {
		await session`select pg_advisory_unlock(${LOCK})`.catch(() => {});
		session.release();
	}
}

/** Whether the database has all that this program needs; `migrate` gives it. */
export async function isMigrated({ client }: Client, folder = 'migrations'): Promise<boolean> {
	const last = read(folder).at(-1)!;
	return (await client`select 1 from migration where name = ${last.name}`).length > 0;
}

function read(folder: string): Migration[] {
	return readdirSync(folder)
		.filter((name) => name.endsWith('.sql'))
		.sort()
		.map((name) => {
			const text = readFileSync(join(folder, name), 'utf8');
			return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
		});
}

async function notApplied(session: postgres.ReservedSql, files: Migration[]): Promise<Migration[]> {
	const rows = await session<{ name: string; checksum: string }[]>`select name, checksum from migration`;
	const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
	const names = new Set(files.map(({ name }) => name));
	const newer = rows.find(({ name }) => !names.has(name));
	if (newer) {
		throw new StartError(
			`The database is newer than this Trellis: it has had ${newer.name}. Start the newer version.`,
			exitCodes.databaseUnfit
		);
	}
	const changed = files.find(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum);
	if (changed) {
		throw new StartError(`Migration ${changed.name} was changed after it was applied.`, exitCodes.databaseUnfit);
	}
	return files.filter(({ name }) => !applied.has(name));
}

async function apply(session: postgres.ReservedSql, { name, text, checksum }: Migration): Promise<void> {
	try {
		await session.unsafe(
			`begin;\n${text}\n;insert into migration (name, checksum) values ('${name}', '${checksum}');\ncommit;`
		);
	} catch (error) {
		await session.unsafe('rollback');
		const { code, message } = error as { code?: string; message: string };
		throw new StartError(
			code === '53100'
				? "The database's disk is full: make room and start again; nothing saved is lost."
				: `Migration ${name} failed and was taken back: ${message}.`,
			code === '53100' ? exitCodes.disk : exitCodes.databaseUnfit
		);
	}
}
