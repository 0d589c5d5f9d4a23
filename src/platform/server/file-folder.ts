import { randomBytes } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isContentKey, StoreFull, type FileStore } from './file-store.ts';

/** Keeps contents in a folder, 256 × 256 subfolders deep so none grows too long. */
export function localFolder(root: string): FileStore {
	const place = (key: string) => {
		if (!isContentKey(key)) throw new Error('Not a content key.');
		return join(resolve(root), key.slice(0, 2), key.slice(2, 4), key);
	};
	return {
		put: (key, content) => write(place(key), (draft) => writeDurably(draft, content)),
		adopt: (key, path) => write(place(key), (draft) => linkDurably(path, draft)),
		async get(key, range) {
			await stat(place(key));
			return createReadStream(place(key), { ...range, highWaterMark: 256 * 1024 });
		},
		async exists(key) {
			return stat(place(key)).then(
				() => true,
				() => false
			);
		},
		async delete(key) {
			await rm(place(key), { force: true });
		},
		contents: () => contentsOf(resolve(root))
	};
}

/** Written under another name first, so that a crash leaves no half content under a good one. */
async function write(target: string, fill: (draft: string) => Promise<void>): Promise<void> {
	const draft = `${target}.${randomBytes(6).toString('hex')}.part`;
	try {
		await mkdir(dirname(target), { recursive: true });
		await fill(draft);
		await rename(draft, target);
	} catch (error) {
		throw isFull(error) ? new StoreFull() : error;
	} finally {
		await rm(draft, { force: true }).catch(() => {});
	}
}

async function writeDurably(path: string, content: Uint8Array): Promise<void> {
	const file = await open(path, 'wx');
	try {
		await file.writeFile(content);
		await file.sync();
	} finally {
		await file.close();
	}
}

/** A second name for the same bytes; a copy where the disk, or another one, knows no such thing. */
async function linkDurably(from: string, to: string): Promise<void> {
	await link(from, to).catch(() => copyFile(from, to));
	const file = await open(to, 'r+');
	try {
		await file.sync();
	} finally {
		await file.close();
	}
}

async function* contentsOf(root: string): AsyncGenerator<{ key: string; since: Date }> {
	for (const one of await entries(root, 2))
		for (const two of await entries(join(root, one), 2))
			for (const key of await entries(join(root, one, two), 64)) {
				const found = isContentKey(key) && (await stat(join(root, one, two, key)).catch(() => undefined));
				if (found) yield { key, since: found.mtime };
			}
}

/** The names of one length: what is no part of the store is left alone. */
async function entries(folder: string, length: number): Promise<string[]> {
	const found: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => []);
	return found.filter(({ name }) => name.length === length).map(({ name }) => name);
}

/** Whether writing failed because there is no room: the disk's or a quota's. */
export const isFull = (error: unknown) =>
	['ENOSPC', 'EDQUOT', 'EFBIG'].includes((error as NodeJS.ErrnoException).code ?? '');
