import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { Unreadable } from './unreadable.ts';

const bounds = {
	/** Entries of a packed file, and bytes of those that are unpacked. */
	entries: 10_000,
	unpacked: 300 * 1024 ** 2,
	/** A large entry that shrank to less than this share of itself is no document. */
	shrunk: 1 / 400
};

/** The packed parts of a file, by name. Names are only ever compared: nothing is written anywhere. */
export interface Zip {
	names: string[];
	has(name: string): boolean;
	/** The unpacked bytes, a chunk at a time. @throws Unreadable for what grows beyond all measure */
	open(name: string): AsyncIterable<Buffer>;
	/** @param most bytes */
	bytes(name: string, most?: number): Promise<Buffer>;
	/** A file that is read in a process of its own need not be closed. */
	close(): void;
}

const DAMAGED = 'The file is damaged or was cut off: it cannot be opened.';
const BOMB = 'The file unpacks to far more than a document would. It was not read.';

/** Opens a packed file, without unpacking anything. @throws Unreadable when it is damaged or a bomb */
export async function openZip(path: string): Promise<Zip> {
	const file = await promisify<string, yauzl.Options, ZipFile>(yauzl.open)(path, {
		lazyEntries: true,
		autoClose: false,
		validateEntrySizes: true,
		// As they are: a name that is a path out of the folder is no danger to who writes no files.
		decodeStrings: false
	}).catch(() => {
		throw new Unreadable(DAMAGED);
	});
	const entries = await listEntries(file);
	let unpacked = 0;

	async function* open(name: string): AsyncGenerator<Buffer> {
		const entry = entries.get(name);
		if (!entry) throw new Unreadable(`The file is not complete: its part ${name.slice(0, 80)} is missing.`);
		if (entry.isEncrypted()) throw new Unreadable('The file is protected by a password. Share a copy without one.');
		const stream = await openStream(file, entry);
		let bytes = 0;
		try {
			for await (const chunk of stream as AsyncIterable<Buffer>) {
				bytes += chunk.length;
				unpacked += chunk.length;
				if (unpacked > bounds.unpacked || isBomb(bytes, entry)) throw new Unreadable(BOMB);
				yield chunk;
			}
		} catch (error) {
			throw error instanceof Unreadable ? error : new Unreadable(DAMAGED);
		} finally {
			stream.destroy();
		}
	}

	return {
		names: [...entries.keys()],
		has: (name) => entries.has(name),
		open,
		close: () => file.close(),
		async bytes(name, most = 16 * 1024 ** 2) {
			const chunks: Buffer[] = [];
			let length = 0;
			for await (const chunk of open(name)) {
				if ((length += chunk.length) > most) throw new Unreadable(BOMB);
				chunks.push(chunk);
			}
			return Buffer.concat(chunks);
		}
	};
}

const isBomb = (bytes: number, { compressedSize }: Entry) =>
	bytes > 10 * 1024 ** 2 && compressedSize < bytes * bounds.shrunk;

async function listEntries(file: ZipFile): Promise<Map<string, Entry>> {
	const entries = new Map<string, Entry>();
	let count = 0;
	await new Promise<void>((done, fail) => {
		file.on('entry', (entry: Entry) => {
			if (++count > bounds.entries)
				return fail(new Unreadable('The file is packed from too many parts. It was not read.'));
			// The first of a name counts, as it does for those who write such files.
			const name = String(entry.fileName);
			if (!entries.has(name)) entries.set(name, entry);
			file.readEntry();
		});
		file.on('end', done);
		file.on('error', () => fail(new Unreadable(DAMAGED)));
		file.readEntry();
	});
	return entries;
}

const openStream = (file: ZipFile, entry: Entry) =>
	new Promise<Readable>((done, fail) =>
		file.openReadStream(entry, (error, stream) => (error ? fail(new Unreadable(DAMAGED)) : done(stream)))
	);
