import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { files } from './files.ts';

/** Puts a content of the store into a file of its own for as long as the work lasts: readers jump about in it. */
export async function withLocalCopy<T>(key: string, work: (path: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), 'trellis-read-'));
	try {
		const path = join(folder, 'file');
		await pipeline(await files().get(key), createWriteStream(path));
		return await work(path);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
