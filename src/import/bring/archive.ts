import { createReadStream, createWriteStream, lstatSync, readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { invalid } from '#src/platform/server/errors.ts';
import { change, skip, type FileReport } from '#src/core/import/report.ts';
import { textOf } from '../text.ts';

/** What one part of what is brought may not be taken for: it is left out, and the rest goes on. */
export class Refused extends Error {}

/** Files by their path, with `/`: a folder on disk, or a ZIP of which nothing is unpacked before it is asked for. */
export interface Archive {
	/** In the order people would give them. */
	names: string[];
	has(name: string): boolean;
	bytes(name: string): number;
	/** When it was last changed, where that is told. */
	changedAt(name: string): Date | undefined;
	/** @throws Refused for what is damaged, or grows beyond all measure */
	open(name: string): Promise<Readable>;
	close(): void;
}

/** More than any export holds; names alone are kept of them. */
const MOST_ENTRIES = 100_000;
/** Bytes of all files together, unpacked. */
const MOST_BYTES = 100 * 1024 ** 3;
/** A large file that shrank to less than this share of itself is a bomb. */
const SHRUNK = 1 / 400;
const SMALL = 10 * 1024 ** 2;

/** What systems, editors and version control leave behind. */
const DROPPINGS =
	/(^|\/)(\.[^/]*|__MACOSX|node_modules|Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r|~\$[^/]*|[^/]*~|[^/]*\.(swp|swo|tmp|bak|crdownload|part))(\/|$)/i;

/**
 * Opens a folder or a ZIP, or an HTML file by itself.
 * @param called the name of that file
 * @throws Failure invalid with `file` for what is none of these
 */
export async function openArchive(path: string, called: string, report: FileReport): Promise<Archive> {
	const about = statSync(path, { throwIfNoEntry: false });
	if (!about) throw invalid({ file: 'is not there' });
	if (about.isDirectory()) return openFolder(path, report);
	if (!about.isFile()) throw invalid({ file: 'is no folder and no file' });
	return (await beginsAsHtml(path)) ? openAlone(path, `${called}.html`) : openZip(path, report);
}

async function beginsAsHtml(path: string): Promise<boolean> {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(200), 0, 200, 0);
		return /^(?:\xef\xbb\xbf)?\s*<(!doctype html|html|head|body|!--)/i.test(buffer.toString('latin1', 0, bytesRead));
	} finally {
		await file.close();
	}
}

const openAlone = (path: string, name: string): Archive => ({
	names: [name],
	has: (asked) => asked === name,
	bytes: () => lstatSync(path).size,
	changedAt: () => lstatSync(path).mtime,
	open: () => Promise.resolve(createReadStream(path)),
	close() {}
});

function openFolder(root: string, report: FileReport): Archive {
	const names: string[] = [];
	const look = (folder: string) => {
		for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
			const path = folder ? `${folder}/${entry.name}` : entry.name;
			if (names.length >= MOST_ENTRIES) skip(report, { line: 0, what: path, reason: TOO_MANY });
			else if (entry.isSymbolicLink()) skip(report, { line: 0, what: path, reason: LINK });
			else if (isLeft(path, report)) continue;
			else if (entry.isDirectory()) look(path);
			else if (entry.isFile()) names.push(path);
		}
	};
	look('');
	const known = new Set(names);
	return {
		names: inOrder(names),
		has: (name) => known.has(name),
		bytes: (name) => lstatSync(join(root, name)).size,
		changedAt: (name) => lstatSync(join(root, name)).mtime,
		open: (name) => Promise.resolve(createReadStream(join(root, name))),
		close() {}
	};
}

async function openZip(path: string, report: FileReport): Promise<Archive> {
	const file = await promisify<string, yauzl.Options, ZipFile>(yauzl.open)(path, {
		lazyEntries: true,
		autoClose: false,
		validateEntrySizes: true,
		// Names are judged here: one bad name costs its file, not the whole.
		decodeStrings: false
	}).catch(() => {
		throw invalid({ file: 'is damaged, was cut off, or is no ZIP; it cannot be opened' });
	});
	const entries = await listEntries(file, report);
	const base = commonFolder(entries);
	const entryOf = (name: string) => entries.get(base + name)!;
	let unpacked = 0;
	return {
		names: inOrder([...entries.keys()].map((name) => name.slice(base.length))),
		has: (name) => entries.has(base + name),
		bytes: (name) => entryOf(name).uncompressedSize,
		changedAt: (name) => entryOf(name).getLastModDate(),
		async open(name) {
			const entry = entryOf(name);
			const packed = await openStream(file, entry);
			return Readable.from(bounded(packed, entry, (bytes) => (unpacked += bytes)));
		},
		close: () => file.close()
	};
}

async function* bounded(packed: Readable, entry: Entry, count: (bytes: number) => number) {
	let bytes = 0;
	try {
		for await (const chunk of packed as AsyncIterable<Buffer>) {
			bytes += chunk.length;
			if (bytes > SMALL && entry.compressedSize < bytes * SHRUNK) throw new Refused(BOMB);
			if (count(chunk.length) > MOST_BYTES) throw new Refused('the archive unpacks to more than 100 GB');
			yield chunk;
		}
	} catch (error) {
		throw error instanceof Refused ? error : new Refused(DAMAGED);
	} finally {
		packed.destroy();
	}
}

const BOMB = 'it unpacks to far more than a file would';
const DAMAGED = 'it is damaged in the archive';
const LINK = 'a symbolic link; not followed';
const TOO_MANY = 'more than 100,000 files';

async function listEntries(file: ZipFile, report: FileReport): Promise<Map<string, Entry>> {
	const entries = new Map<string, Entry>();
	await new Promise<void>((done) => {
		file.on('entry', (entry: Entry) => {
			addEntry(entries, entry, report);
			file.readEntry();
		});
		file.on('end', done);
		file.on('error', () => {
			const reason = 'the list of contents is damaged from here on';
			skip(report, { line: 0, what: `file ${entries.size + 1}`, reason });
			done();
		});
		file.readEntry();
	});
	return entries;
}

function addEntry(entries: Map<string, Entry>, entry: Entry, report: FileReport): void {
	const name = nameOf(entry, report);
	if (name.endsWith('/')) return;
	const reason = whyNot(entries, entry, name);
	if (reason) skip(report, { line: 0, what: name.slice(0, 120), reason });
	else if (!isLeft(name, report)) entries.set(name, entry);
}

function whyNot(entries: Map<string, Entry>, entry: Entry, name: string): string | undefined {
	if (entries.size >= MOST_ENTRIES) return TOO_MANY;
	// eslint-disable-next-line no-control-regex -- these are what is looked for
	if (/^\/|^[a-z]:|(^|\/)\.\.?(\/|$)|[\0-\x1f]|\/\//i.test(name))
		return 'its name leads out of the archive, or is no name';
	if (entry.isEncrypted()) return 'it is protected by a password';
	if (((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000) return LINK;
	if (entries.has(name)) return 'its name is there twice; the first was taken';
	return undefined;
}

/** Old programs write names in the letters of their country, and the separators of theirs. */
function nameOf({ fileName }: Entry, report: FileReport): string {
	const raw = fileName as unknown as Buffer;
	let name: string;
	try {
		name = new TextDecoder('utf-8', { fatal: true }).decode(raw);
	} catch {
		name = new TextDecoder('windows-1252').decode(raw);
		change(report, {
			line: 0,
			what: name.slice(0, 120),
			reason: 'its name is in an unknown encoding; read as Western'
		});
	}
	return name.normalize('NFC').replaceAll('\\', '/');
}

function isLeft(path: string, report: FileReport): boolean {
	if (!DROPPINGS.test(path)) return false;
	report.unneeded[LEFT] = (report.unneeded[LEFT] ?? 0) + 1;
	return true;
}
const LEFT = 'hidden files, and what systems and editors leave behind';

/** Many packers put all into one folder that is named like the archive. */
function commonFolder(entries: Map<string, Entry>): string {
	const [first] = entries.keys();
	const folder = first?.includes('/') ? first.slice(0, first.indexOf('/') + 1) : '';
	return folder && [...entries.keys()].every((name) => name.startsWith(folder)) ? folder : '';
}

const { compare } = new Intl.Collator('en', { numeric: true });
const inOrder = (names: string[]) => names.sort(compare);

const openStream = (file: ZipFile, entry: Entry) =>
	new Promise<Readable>((done, fail) =>
		file.openReadStream(entry, (error, stream) => (error ? fail(new Refused(DAMAGED)) : done(stream)))
	);

/** A file as text; of an odd encoding the report tells. @throws Refused above `most` bytes, and for what is no text */
export async function readText(archive: Archive, name: string, most: number, report?: FileReport): Promise<string> {
	const read = textOf(await readBytes(archive, name, most));
	if (!read) throw new Refused('it holds null bytes: no text');
	if (read.odd && report) change(report, { what: name, ...read.odd });
	return read.text;
}

export async function readBytes(archive: Archive, name: string, most: number): Promise<Buffer> {
	if (archive.bytes(name) > most) throw tooLarge(most);
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of (await archive.open(name)) as AsyncIterable<Buffer>) {
		if ((length += chunk.length) > most) throw tooLarge(most);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

const tooLarge = (most: number) => new Refused(`a file of more than ${Math.round(most / 1e6).toLocaleString('en')} MB`);

/** Writes a file to disk without holding it. @returns how much it was, and its hash */
export async function unpack(
	archive: Archive,
	name: string,
	path: string,
	most: number
): Promise<{ bytes: number; sha256: string }> {
	const hash = createHash('sha256');
	let bytes = 0;
	await pipeline(
		await archive.open(name),
		async function* (chunks: AsyncIterable<Buffer>) {
			for await (const chunk of chunks) {
				if ((bytes += chunk.length) > most) throw tooLarge(most);
				hash.update(chunk);
				yield chunk;
			}
		},
		createWriteStream(path)
	);
	return { bytes, sha256: hash.digest('hex') };
}
