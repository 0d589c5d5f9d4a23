import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { connect as dial } from 'node:net';
import { totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes, StartError } from '../config.ts';
import { openClient } from '../client.ts';
import { diskError, type Folder } from './folder.ts';
import { commandLine, own, type Binaries, type Identity } from './identity.ts';

/** All that is needed to start a server. */
export interface Installation {
	folder: Folder;
	binaries: Binaries;
	identity: Identity;
	/** More settings, as `name=value`. */
	settings: string[];
}

/** Longest wait for a server that lives but does not answer: it may have a lot to recover. */
const RECOVERY_MS = 10 * 60_000;
const STOP_MS = 30_000;

export const urlOf = ({ sockets }: Folder, database = 'trellis') =>
	`postgres://trellis@localhost/${database}?host=${encodeURIComponent(sockets)}`;

/** Creates the cluster on first use; one that was interrupted half-way is made anew. */
export async function initialise({ folder, binaries, identity }: Installation): Promise<void> {
	own(identity, folder.sockets);
	if (existsSync(join(folder.cluster, 'PG_VERSION'))) return own(identity, folder.cluster);
	removeUnfinished(folder);
	// A name of its own: the program that an interrupted creation had started may still write to the last one, and clears it up.
	const making = mkdtempSync(`${folder.cluster}.new-`);
	own(identity, making);
	const options = ['--username=trellis', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions'];
	const { file, args, options: how } = commandLine(identity, binaries.initdb, [...options, '-D', making]);
	const program = spawn(file, args, { ...how, stdio: ['ignore', 'ignore', 'pipe'] });
	const output = collect(program);
	const [code] = (await once(program, 'exit')) as [number | null];
	if (code !== 0) {
		removeUnfinished(folder);
		throw startFailure(output(), folder);
	}
	renameSync(making, folder.cluster);
}

/** Removes what creations left that were interrupted; what is still being written goes with the next start. */
function removeUnfinished({ cluster }: Folder): void {
	const parent = dirname(cluster);
	for (const name of readdirSync(parent)) {
		if (!name.startsWith(`${basename(cluster)}.new`)) continue;
		try {
			rmSync(join(parent, name), { recursive: true, force: true });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
		}
	}
}

/**
 * Starts a server and waits until it answers. One that is still going down, or whose
 * last processes still hold its memory, is waited for.
 */
export async function launch(installation: Installation): Promise<ChildProcess> {
	const { folder, binaries, identity } = installation;
	const settings = settingsFor(installation).flatMap((setting) => ['-c', setting]);
	const { file, args, options } = commandLine(identity, binaries.postgres, ['-D', folder.cluster, ...settings]);
	const deadline = Date.now() + STOP_MS;
	for (;;) {
		const server = spawn(file, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
		const output = collect(server);
		if (await answers(server, folder)) return server;
		if (!/postmaster\.pid|pre-existing shared memory/.test(output()) || Date.now() > deadline) {
			throw startFailure(output(), folder);
		}
		await sleep(100);
	}
}

/** Safe as they come (fsync, full page writes); sized for a machine that also runs the application. */
function settingsFor({ folder, settings }: Installation): string[] {
	const megabytes = Math.floor(totalmem() / 1024 ** 2);
	return [
		'listen_addresses=',
		`unix_socket_directories=${folder.sockets}`,
		'max_connections=100',
		`shared_buffers=${Math.max(32, Math.min(512, Math.floor(megabytes / 8)))}MB`,
		`effective_cache_size=${Math.floor(megabytes / 2)}MB`,
		'work_mem=16MB',
		'maintenance_work_mem=128MB',
		'max_wal_size=2GB',
		'wal_compression=on',
		'random_page_cost=1.1',
		'jit=off',
		// Statements and rows hold what people wrote: the log gets neither.
		'log_min_messages=log',
		'log_error_verbosity=terse',
		'log_checkpoints=off',
		'log_autovacuum_min_duration=-1',
		...settings
	];
}

/** Keeps the end of what a program complains of. */
function collect(program: ChildProcess): () => string {
	let output = '';
	program.stderr?.on('data', (chunk) => (output = (output + chunk).slice(-4000)));
	program.on('error', (error) => (output += error.message));
	return () => output;
}

/** @returns false when the server ended instead */
async function answers(server: ChildProcess, folder: Folder): Promise<boolean> {
	let ended = false;
	server.once('close', () => (ended = true));
	server.once('error', () => (ended = true));
	const deadline = Date.now() + RECOVERY_MS;
	while (!ended) {
		if (Date.now() > deadline)
			throw new StartError('PostgreSQL did not become ready in ten minutes.', exitCodes.noServer);
		const connection = openClient(urlOf(folder, 'postgres'), 1);
		try {
			await connection.client`select 1`;
			return !ended && server.exitCode === null;
		} catch {
			await sleep(20);
		} finally {
			await connection.close();
		}
	}
	return false;
}

function startFailure(output: string, { root }: Folder): unknown {
	const reason = /(?:FATAL|PANIC|error): +(.*)/.exec(output)?.[1] ?? output.trim().split('\n').at(-1);
	const general = new StartError(
		`PostgreSQL did not start: ${reason || 'it ended without a word'}.`,
		exitCodes.noServer
	);
	const disk = diskError(new Error(output), root);
	return disk instanceof StartError && disk.message.includes('full') ? disk : general;
}

/** The database `trellis`, made on first use. */
export async function createDatabase(folder: Folder): Promise<void> {
	const { client, close } = openClient(urlOf(folder, 'postgres'), 1);
	try {
		const found = await client`select 1 from pg_database where datname = 'trellis'`;
		if (found.length === 0) await client.unsafe('create database trellis');
	} finally {
		await close();
	}
}

/** A fast shutdown: open transactions are rolled back, everything committed is on disk. */
export async function stop(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null || server.signalCode !== null) return;
	const exited = once(server, 'exit');
	server.kill('SIGINT');
	const impatience = setTimeout(() => server.kill('SIGQUIT'), STOP_MS);
	await exited;
	clearTimeout(impatience);
}

/**
 * Stops the server that a dead application left behind. Only asked for by the process
 * that holds the folder, so whatever answers on the socket there is such an orphan.
 */
export async function stopOrphan({ cluster, sockets }: Folder): Promise<void> {
	const note = join(cluster, 'postmaster.pid');
	if (!existsSync(note) || !(await listens(join(sockets, '.s.PGSQL.5432')))) return;
	const pid = Number(readFileSync(note, 'utf8').split('\n')[0]);
	const begin = Date.now();
	signal(pid, 'SIGINT');
	while (signal(pid, 0)) {
		await sleep(20);
		if (Date.now() - begin > STOP_MS) signal(pid, 'SIGQUIT');
	}
}

function listens(path: string): Promise<boolean> {
	return new Promise((done) => {
		const socket = dial(path);
		socket.once('connect', () => (socket.destroy(), done(true)));
		socket.once('error', () => done(false));
	});
}

/** @returns false where the process has ended, which it may at any moment */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
	try {
		process.kill(pid, name);
		return true;
	} catch {
		return false;
	}
}
