import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { exitCodes, StartError } from '../config.ts';
import { makeFolder } from '../make-folder.ts';

/** Where an embedded server keeps what it has. */
export interface Folder {
	root: string;
	/** PostgreSQL's own data. */
	cluster: string;
	/** Of its Unix socket. */
	sockets: string;
}

/** One that is just being stopped gives the folder free in this time. */
const PATIENCE_MS = 3_000;

export function folderAt(dataDir: string): Folder {
	const root = resolve(dataDir);
	const cluster = join(root, 'postgres');
	return { root, cluster, sockets: socketFolder(cluster) };
}

/** Socket paths end at 107 bytes (unix(7)), so a deep data folder gets one in the temporary folder. */
function socketFolder(cluster: string): string {
	if (Buffer.byteLength(cluster) < 90) return cluster;
	return join(tmpdir(), `trellis-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`);
}

/**
 * Takes the data folder for this process until it ends, however it ends.
 * @returns gives it back
 * @throws StartError when another living process has it, or it cannot be written
 */
export function holdFolder({ root }: Folder): () => void {
	try {
		if (!existsSync(root)) {
			makeFolder(root);
			chmodSync(root, 0o711);
		}
		const release = lock(root, PATIENCE_MS);
		if (!release) {
			throw new StartError(
				`Another Trellis (process ${holder(root)}) is using the data folder ${root}: stop it first, or set DATA_DIR to another folder.`,
				exitCodes.folderInUse
			);
		}
		writeFileSync(join(root, 'pid'), `${process.pid}\n`);
		return release;
	} catch (error) {
		throw diskError(error, root);
	}
}

/** Whether a living process has taken the folder. */
export function isHeld({ root }: Folder): boolean {
	if (!existsSync(root)) return false;
	const release = lock(root);
	release?.();
	return !release;
}

/**
 * A lock of the operating system on a file, taken through SQLite because Node has no call
 * of its own for it: it goes with its process even on kill -9, and unlike a written
 * process id it never names a stranger.
 */
function lock(root: string, timeout = 0): (() => void) | undefined {
	const file = new DatabaseSync(join(root, 'lock'), { timeout });
	try {
		file.exec('begin exclusive');
		return () => file.close();
	} catch (error) {
		file.close();
		if ((error as { errcode?: number }).errcode === 5) return undefined; // SQLITE_BUSY
		throw error;
	}
}

function holder(root: string): string {
	try {
		return readFileSync(join(root, 'pid'), 'utf8').trim();
	} catch {
		return 'unknown';
	}
}

/** A failure to read or write as one sentence; what is none of that is given back as it is. */
export function diskError(error: unknown, folder: string): unknown {
	const text = `${(error as NodeJS.ErrnoException).code ?? ''} ${(error as Error).message}`;
	if (/ENOSPC|EDQUOT|No space left|disk is full|Disk quota/i.test(text)) {
		return new StartError(
			`The disk that holds ${folder} is full: make room and start again; nothing saved is lost.`,
			exitCodes.disk
		);
	}
	if (
		/EACCES|EPERM|ENOENT: [^,]*, mkdir|EROFS|ENOTDIR|ENOTEMPTY|EEXIST|unable to open database file|readonly database/.test(
			text
		)
	) {
		return new StartError(
			`The data folder ${folder} cannot be written: check its owner, or set DATA_DIR.`,
			exitCodes.disk
		);
	}
	return error;
}
