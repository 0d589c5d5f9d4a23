import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './config.ts';
import type { Connection } from './db.ts';

/** Any fixed number: everybody who migrates this database asks for the same lock. */
const LOCK = 7_305_771;

/**
 * Brings the database up to date: applies each `migrations/*.sql` not yet applied, in
 * order of name, each in a transaction of its own, one process at a time.
 * @returns the names applied now
 * @throws StartError when a file that was applied has been changed since
 */
export async function migrate({ client }: Connection, folder = 'migrations'): Promise<string[]> {
	const files = readdirSync(folder)
		.filter((name) => name.endsWith('.sql'))
		.sort();
	const session = await client.reserve();
	try {
		await session`select pg_advisory_lock(${LOCK})`;
		await session`create table if not exists migration (
			name text primary key, checksum text not null, applied_at timestamptz not null default now())`;
		const applied = new Map(
			(await session<{ name: string; checksum: string }[]>`select name, checksum from migration`).map((m) => [
				m.name,
				m.checksum
			])
		);
		const done: string[] = [];
		for (const name of files) {
			const text = readFileSync(join(folder, name), 'utf8');
			const checksum = createHash('sha256').update(text).digest('hex');
			if (applied.has(name)) {
				if (applied.get(name) !== checksum) throw new StartError(`Migration ${name} was changed after it was applied.`);
				continue;
			}
			await session.unsafe(
				`begin;\n${text}\n;insert into migration (name, checksum) values ('${name}', '${checksum}');\ncommit;`
			);
			done.push(name);
		}
		return done;
	} finally {
		await session`select pg_advisory_unlock(${LOCK})`.catch(() => {});
		session.release();
	}
}
