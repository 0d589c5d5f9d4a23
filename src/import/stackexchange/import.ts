import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Connection } from '#src/platform/server/db.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { StartError } from '#src/platform/server/config.ts';
import { whyNot } from '#src/platform/server/trouble.ts';
import { clearCheckpoints, readCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import { Progress } from '../progress.ts';
import { RenderPool } from '../render-pool.ts';
import { emptyReport, mergeReport, skip, type FileReport } from '#src/core/import/report.ts';
import { comments } from './comments.ts';
import { links } from './links.ts';
import { users } from './people.ts';
import { posts } from './posts.ts';
import { readRows, type Batch } from './rows.ts';
import type { Dump, Part } from './source.ts';
import { tags } from './tags.ts';
import { votes } from './votes.ts';

/** In the order in which they need each other. */
const PARTS = [users, tags, posts, comments, links, votes];

/** Batches that are read and rendered while one is written. */
const AHEAD = 3;

export interface StackExchangeImport {
	folder: string;
	spaceId: string;
	/** What the items are said to come from; by default the folder's name. */
	name?: string;
	signal?: AbortSignal;
	progress?: boolean;
}

export interface ImportResult {
	source: string;
	/** By file, in the order of reading. */
	files: Map<string, FileReport>;
	missing: string[];
	/** It was interrupted: the same call goes on. */
	stopped: boolean;
	seconds: number;
}

/**
 * Takes a Stack Exchange dump over into a space. Every batch is one transaction with its
 * checkpoint, so a run that is killed loses nothing and the next goes on where it stood;
 * what is here already is never written twice.
 * @throws StartError without a Posts.xml, or while the same dump is being imported
 */
export async function importStackExchange(connection: Connection, input: StackExchangeImport): Promise<ImportResult> {
	const files = findFiles(input.folder);
	const name = input.name ?? basename(resolve(input.folder));
	const posts = files.get('Posts.xml')!;
	const dump: Dump = {
		source: `stackexchange:${name}`,
		host: /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(name) ? name : undefined,
		spaceId: input.spaceId,
		madeAt: statSync(posts.path).mtime.toISOString(),
		pool: new RenderPool()
	};
	try {
		return await alone(connection, dump.source, () => run(connection, dump, files, input));
	} finally {
		await dump.pool.close();
	}
}

interface DumpFile {
	path: string;
	bytes: number;
}

/** The dump's files by their usual names, however the folder spells them. @throws StartError without a Posts.xml */
export function findFiles(folder: string): Map<string, DumpFile> {
	const names = readFolder(folder);
	const found = new Map<string, DumpFile>();
	for (const { file } of PARTS) {
		const name = names.find((each) => each.toLowerCase() === file.toLowerCase());
		if (name) found.set(file, { path: join(folder, name), bytes: statSync(join(folder, name)).size });
	}
	if (!found.has('Posts.xml')) throw new StartError(`There is no Posts.xml in ${folder}.`);
	return found;
}

function readFolder(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch (error) {
		throw new StartError(`The folder ${folder} cannot be read: ${whyNot(error)}.`);
	}
}

/** Two imports of one dump at once would write it twice. */
async function alone<T>({ client }: Connection, source: string, work: () => Promise<T>): Promise<T> {
	const session = await client.reserve();
	try {
		const [lock] = await session<
			{ taken: boolean }[]
		>`select pg_try_advisory_lock(hashtextextended(${source}, 50)) as taken`;
		if (!lock?.taken) throw new StartError(`${source} is being imported by another process.`);
		return await work();
	} finally {
		await session`select pg_advisory_unlock_all()`.catch(() => {});
		session.release();
	}
}

async function run(
	{ db }: Connection,
	dump: Dump,
	files: Map<string, DumpFile>,
	{ signal, progress }: StackExchangeImport
): Promise<ImportResult> {
	const started = Date.now();
	const bar = progress ? new Progress([...files.values()].reduce((sum, { bytes }) => sum + bytes, 0)) : undefined;
	const result: ImportResult = { source: dump.source, files: new Map(), missing: [], stopped: false, seconds: 0 };
	let behind = 0;
	let count = 0;
	for (const part of PARTS) {
		const file = files.get(part.file);
		if (!file) result.missing.push(part.file);
		if (!file || result.stopped) continue;
		const show = (offset: number, rows: number) => bar?.show(part.file, behind + offset, (count += rows));
		result.files.set(part.file, await importFile(db, dump, part, file, show, signal));
		result.stopped = signal?.aborted ?? false;
		behind += file.bytes;
	}
	bar?.end();
	if (!result.stopped) await clearCheckpoints(db, dump.source);
	// One event for all: nobody is notified, search catches up.
	if ([...result.files.values()].some(({ written }) => written > 0))
		await db.transaction((tx) => emit(tx, 'items.imported', { source: dump.source }));
	result.seconds = (Date.now() - started) / 1000;
	return result;
}

async function importFile(
	db: Connection['db'],
	dump: Dump,
	part: Part,
	{ path, bytes }: DumpFile,
	show: (offset: number, rows: number) => void,
	signal?: AbortSignal
): Promise<FileReport> {
	const from = await readCheckpoint(db, dump.source, part.file, bytes);
	const { report } = from;
	if (from.finished) return report;
	for await (const { batch, notes, prepared } of prepareAhead(dump, part, readRows(path, from))) {
		await db.transaction(async (tx) => {
			await part.write(tx, dump, await prepared, notes);
			mergeReport(report, notes);
			await writeCheckpoint(tx, dump.source, part.file, bytes, { ...batch.end, finished: false, report });
		});
		show(batch.end.offset, batch.rows.length);
		if (signal?.aborted) return report;
	}
	await db.transaction(async (tx) => {
		await part.finish?.(tx, dump, report);
		await writeCheckpoint(tx, dump.source, part.file, bytes, { offset: bytes, line: 0, finished: true, report });
	});
	return report;
}

/** Keeps a few batches in preparation, so reading, rendering and writing go on side by side. */
async function* prepareAhead(dump: Dump, part: Part, batches: AsyncGenerator<Batch>) {
	const begin = (batch: Batch) => {
		const notes = emptyReport();
		notes.read = batch.rows.length;
		for (const problem of batch.problems) skip(notes, problem);
		const prepared = Promise.resolve(part.prepare(dump, batch.rows, notes));
		prepared.catch(() => {});
		return { batch, notes, prepared };
	};
	const queue: ReturnType<typeof begin>[] = [];
	for await (const batch of batches) {
		queue.push(begin(batch));
		if (queue.length > AHEAD) yield queue.shift()!;
	}
	yield* queue;
}
