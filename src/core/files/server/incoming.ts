import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import { isFull } from '#src/platform/server/file-folder.ts';
import { incomingFolder } from '#src/platform/server/files.ts';

/** Written at once: few calls a megabyte, and little memory. */
const BATCH = 1024 * 1024;

/**
 * What has been hashed of uploads that this process has received from their first byte.
 * Another process, or this one after a restart, reads the file again instead.
 */
const hashes = new Map<string, { hash: Hash; bytes: number }>();
const MOST_HASHES = 1000;

/** Where the bytes of an upload lie until all have come. */
export const placeOf = (id: string) => join(incomingFolder(), id);

interface Manner {
	/** What broke off is of no use. */
	mustBeWhole: boolean;
	signal: AbortSignal;
}

/**
 * Writes what comes behind what has come, and hashes it beside.
 * @throws Failure invalid when more comes than was said, or the disk is full; not_found
 */
export async function append(
	{ id, bytes, offset }: { id: string; bytes: number; offset: number },
	body: AsyncIterable<Uint8Array>,
	manner: Manner
): Promise<void> {
	const handle = await open(placeOf(id), 'r+').catch(() => {
		throw notFound('There is no such upload, or it has expired.');
	});
	const hashed = hashOf(id, offset);
	/** Up to where it is written, and up to where it is on its way to the disk. */
	let at = offset;
	let next = offset;
	let written = Promise.resolve();
	try {
		for await (const batch of batches(body, manner)) {
			const size = batch.reduce((sum, { byteLength }) => sum + byteLength, 0);
			if (next + size > bytes) throw invalid({ file: 'More came than the upload was said to have.' });
			await written;
			const end = next + size;
			written = writeAll(handle, batch, next).then(() => void (at = end));
			written.catch(() => {}); // it is heard of below
			next = end;
			// Beside the disk's work. Of what could not be written the hash is not used.
			for (const chunk of batch) hashed?.hash.update(chunk);
			if (hashed) hashed.bytes = next;
		}
		await written;
	} catch (error) {
		hashes.delete(id);
		if (!isFull(error)) throw error;
		throw invalid({ file: 'There is no room left for files. Tell your administrator; your text is kept.' });
	} finally {
		await written.catch(() => {});
		// Half a batch may be on disk that was not counted, or not hashed.
		await handle.truncate(at).catch(() => {});
		await handle.close();
	}
}

/** Chunks gathered into batches. A connection that breaks off ends them, and what had come is still given. */
async function* batches(
	body: AsyncIterable<Uint8Array>,
	{ mustBeWhole, signal }: Manner
): AsyncGenerator<Uint8Array[]> {
	const chunks = body[Symbol.asyncIterator]();
	// A race against one long promise would keep every chunk alive until its end.
	let interrupt = () => {};
	signal.addEventListener('abort', () => interrupt());
	const next = () =>
		new Promise<IteratorResult<Uint8Array>>((done, fail) => {
			interrupt = () => fail(new Error('Another request goes on with this upload.'));
			if (signal.aborted) interrupt();
			chunks.next().then(done, fail);
		});
	let batch: Uint8Array[] = [];
	let size = 0;
	try {
		for (;;) {
			const { done, value } = await next();
			if (done) break;
			batch.push(value);
			size += value.byteLength;
			if (size < BATCH) continue;
			yield batch;
			batch = [];
			size = 0;
		}
	} catch {
		if (mustBeWhole) throw invalid({ file: 'The connection broke off. Send the file again.' });
	}
	if (size > 0) yield batch;
}

async function writeAll(handle: FileHandle, batch: Uint8Array[], at: number): Promise<void> {
	const size = batch.reduce((sum, { byteLength }) => sum + byteLength, 0);
	const { bytesWritten } = await handle.writev(batch, at);
	if (bytesWritten === size) return;
	// A disk about to be full takes a part; asking for the rest tells why.
	const rest = Buffer.concat(batch).subarray(bytesWritten);
	const { bytesWritten: more } = await handle.write(rest, 0, rest.length, at + bytesWritten);
	if (bytesWritten + more < size) throw Object.assign(new Error('The disk took a part only.'), { code: 'ENOSPC' });
}

function hashOf(id: string, offset: number): { hash: Hash; bytes: number } | undefined {
	if (offset > 0) {
		const known = hashes.get(id);
		return known?.bytes === offset ? known : undefined;
	}
	if (hashes.size >= MOST_HASHES) hashes.delete(hashes.keys().next().value!);
	const begun = { hash: createHash('sha256'), bytes: 0 };
	hashes.set(id, begun);
	return begun;
}

/** The SHA-256 of an upload that has come whole. */
export async function hashOfAll(id: string, bytes: number): Promise<string> {
	const known = hashes.get(id);
	return known?.bytes === bytes ? known.hash.copy().digest('hex') : hashFile(placeOf(id));
}

async function hashFile(path: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(path, { highWaterMark: BATCH })) hash.update(chunk as Buffer);
	return hash.digest('hex');
}

/** Removes the bytes of an upload, and what was hashed of them. */
export async function forget(id: string): Promise<void> {
	hashes.delete(id);
	await rm(placeOf(id), { force: true });
}
