import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startNode, type Started } from '#src/testing/processes.ts';
import { exitCodes } from './config.ts';
import { openClient } from './client.ts';
import { folderAt, joinEmbeddedPostgres, startEmbeddedPostgres, urlOf } from './embedded-postgres.ts';

const folders: string[] = [];
const processes: Started[] = [];

afterEach(async () => {
	for (const started of processes.splice(0)) started.process.kill('SIGKILL');
	for (const folder of folders.splice(0)) {
		// A server that a killed process left behind is stopped by the next start.
		await (await startEmbeddedPostgres(folder)).stop();
		rmSync(folder, { recursive: true });
	}
});

/** A program that holds the embedded server on a new folder until it is told to end. */
function startHolder(folder = newFolder()): Started & { folder: string } {
	const code = `
		import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
		try {
			const server = await startEmbeddedPostgres(${JSON.stringify(folder)});
			console.log('holding');
			process.once('SIGTERM', async () => { await server.stop(); process.exit(0); });
			setInterval(() => {}, 1000);
		} catch (error) {
			console.log(error.message);
			process.exit(error.exitCode);
		}`;
	const started = startNode(['--input-type=module-typescript', '-e', code]);
	processes.push(started);
	return { ...started, folder };
}

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'trellis-embedded-'));
	folders.push(folder);
	return folder;
}

async function ask<T>(folder: string, query: string): Promise<T[]> {
	const { client, close } = openClient(urlOf(folderAt(folder)), 1);
	try {
		return (await client.unsafe(query)) as unknown as T[];
	} finally {
		await close();
	}
}

const serverOf = (folder: string) =>
	Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

test('a second start on the folder of a living one is refused and names folder and process', async () => {
	const first = startHolder();
	await first.printed('holding');
	const second = startHolder(first.folder);
	expect(await second.ended()).toBe(exitCodes.folderInUse);
	expect(second.output()).toContain(`(process ${first.process.pid}) is using the data folder ${first.folder}`);
	expect(await ask(first.folder, 'select 1 as one')).toEqual([{ one: 1 }]);
	first.process.kill('SIGTERM');
	expect(await first.ended()).toBe(0);
});

test('after kill -9 the next start ends the orphaned server and has what was committed', async () => {
	const killed = startHolder();
	await killed.printed('holding');
	await ask(killed.folder, 'create table kept as select 42 as answer');
	const orphan = serverOf(killed.folder);
	killed.process.kill('SIGKILL');
	await killed.ended();
	expect(() => process.kill(orphan, 0)).not.toThrow();

	const next = startHolder(killed.folder);
	await next.printed('holding');
	expect(await ask(next.folder, 'select answer from kept')).toEqual([{ answer: 42 }]);
	expect(serverOf(next.folder)).not.toBe(orphan);
	expect(() => process.kill(orphan, 0)).toThrow();
});

test('two starts at the same moment: one holds, one is refused', async () => {
	const folder = newFolder();
	const both = [startHolder(folder), startHolder(folder)];
	const first = await Promise.any(both.map((each) => each.printed('holding').then(() => each)));
	const other = both.find((each) => each !== first)!;
	expect(await other.ended()).toBe(exitCodes.folderInUse);
	expect(await ask(folder, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a server that is killed is started again with what was committed', async () => {
	const folder = newFolder();
	const server = await startEmbeddedPostgres(folder);
	const { client, close } = openClient(server.url, 2);
	try {
		await client`create table kept as select 42 as answer`;
		process.kill(serverOf(folder), 'SIGKILL');
		let rows: unknown;
		await expect
			.poll(async () => (rows = await client`select answer from kept`.catch(() => undefined)), { timeout: 15_000 })
			.toBeDefined();
		expect(rows).toEqual([{ answer: 42 }]);
	} finally {
		await close();
		await server.stop();
	}
});

test('an interrupted creation is made anew', async () => {
	const interrupted = startHolder();
	await expect.poll(() => makingIn(interrupted.folder), { interval: 5, timeout: 15_000 }).toBe(true);
	interrupted.process.kill('SIGKILL');
	await interrupted.ended();
	const next = startHolder(interrupted.folder);
	await next.printed('holding');
	expect(await ask(next.folder, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('another program joins the server only while a Trellis holds it', async () => {
	const folder = newFolder();
	expect(await joinEmbeddedPostgres(folder)).toBeUndefined();
	const server = await startEmbeddedPostgres(folder);
	expect(await joinEmbeddedPostgres(folder)).toMatchObject({ url: server.url });
	await server.stop();
	expect(await joinEmbeddedPostgres(folder)).toBeUndefined();
});

const makingIn = (folder: string) => globSync('postgres.new-*/PG_VERSION', { cwd: folder }).length > 0;
