import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { StartError, type Config } from './config.ts';

/** Part of a content: both ends are included, as in an HTTP range. */
export interface ByteRange {
	start: number;
	end: number;
}

/**
 * Where contents lie, each under the SHA-256 of its bytes. A driver for another kind
 * of store (an S3 bucket) has these four verbs and no more.
 */
export interface FileStore {
	/** Keeps a content. Doing it twice is harmless. @throws StoreFull when there is no room */
	put(key: string, content: Uint8Array | Readable): Promise<void>;
	/** @throws an error with code ENOENT where there is no such content */
	get(key: string, range?: ByteRange): Promise<Readable>;
	exists(key: string): Promise<boolean>;
	delete(key: string): Promise<void>;
}

/** The store has no room left. */
export class StoreFull extends Error {
	constructor() {
		super('The disk for files is full.');
		this.name = 'StoreFull';
	}
}

let store: FileStore | undefined;

/** Opens the file store of this process: `FILES_URL` (a folder as file:///…), or `files` in the data folder. */
export function openFiles(config: Pick<Config, 'FILES_URL' | 'DATA_DIR'>): FileStore {
	const address = config.FILES_URL && new URL(config.FILES_URL);
	if (address && address.protocol !== 'file:')
		throw new StartError('FILES_URL: only a folder (file:///path) can hold files in this version.');
	return (store = localFolder(address ? fileURLToPath(address) : join(config.DATA_DIR, 'files')));
}

/** The store opened at start. */
export function files(): FileStore {
	if (!store) throw new Error('The file store has not been opened.');
	return store;
}

/** Keeps contents in a folder, 256 × 256 subfolders deep so none grows too long. */
export function localFolder(root: string): FileStore {
	const place = (key: string) => {
		if (!/^[0-9a-f]{64}$/.test(key)) throw new Error('Not a content key.');
		return join(resolve(root), key.slice(0, 2), key.slice(2, 4), key);
	};
	return {
		async put(key, content) {
			const target = place(key);
			const draft = `${target}.${randomBytes(6).toString('hex')}.part`;
			try {
				await mkdir(dirname(target), { recursive: true });
				await writeDurably(draft, content);
				await rename(draft, target);
			} catch (error) {
				await rm(draft, { force: true }).catch(() => {});
				throw isFull(error) ? new StoreFull() : error;
			}
		},
		async get(key, range) {
			await stat(place(key));
			return createReadStream(place(key), range);
		},
		async exists(key) {
			return stat(place(key)).then(
				() => true,
				() => false
			);
		},
		async delete(key) {
			await rm(place(key), { force: true });
		}
	};
}

/** On disk before it is named, so a crash leaves no half content under a good name. */
async function writeDurably(path: string, content: Uint8Array | Readable): Promise<void> {
	const file = await open(path, 'wx');
	try {
		await file.writeFile(content);
		await file.sync();
	} finally {
		await file.close();
	}
}

const isFull = (error: unknown) => ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
