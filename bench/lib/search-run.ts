import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { searchItems } from '#src/core/search/server/search.ts';
import { suggest } from '#src/core/search/server/suggest.ts';
import { connect, type Connection } from '#src/platform/server/db.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { migrate } from '#src/platform/server/migrate.ts';
import { percentile, timings } from './numbers.ts';

const ROUNDS = 60;
/** A folder in which the filled databases are kept for the next run, one a size. */
const KEPT = process.env.SEARCH_DATA;
/** What is filled by COPY is made again if the machine fails. */
const HASTY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=16GB'];

/** A kind of query: as one types, or the page of results. */
export interface Asked {
	full: boolean;
	make: () => string;
}

export interface Outcome {
	/** The p95 over all kinds of query. */
	typed: number;
	full: number;
	/** That of the slowest kind. */
	worst: { typed: number; full: number };
}

interface Corpus {
	name: string;
	count: number;
	/** Writes items and index, unless they stand already. */
	fill(connection: Connection): Promise<void>;
	asked: Record<string, Asked>;
	/** Asked of the same server afterwards. */
	beside?(connection: Connection, viewer: Viewer): Promise<void>;
}

/** Fills a database, starts it as it runs in production, and asks. */
export async function measure(corpus: Corpus): Promise<Outcome> {
	const name = `${corpus.name}-${corpus.count}`;
	const folder = KEPT ? join(KEPT, name) : mkdtempSync(join(tmpdir(), `trellis-bench-${name}-`));
	try {
		await fill(folder, corpus);
		return await ask(folder, corpus);
	} finally {
		if (!KEPT) rmSync(folder, { recursive: true, force: true });
	}
}

async function fill(folder: string, corpus: Corpus): Promise<void> {
	const postgres = await startEmbeddedPostgres(folder, { settings: HASTY });
	const connection = connect(postgres.url, 2);
	try {
		await migrate(connection);
		const begin = performance.now();
		await corpus.fill(connection);
		const seconds = Math.round((performance.now() - begin) / 1000);
		console.log(`${corpus.count.toLocaleString('en')} items written and indexed in ${seconds} s`);
	} finally {
		await connection.close();
		await postgres.stop();
	}
}

async function ask(folder: string, { asked, beside }: Corpus): Promise<Outcome> {
	const postgres = await startEmbeddedPostgres(folder);
	const connection = connect(postgres.url, 2);
	try {
		await warm(folder);
		const [person] = await connection.client<{ id: string }[]>`select id from person`;
		const viewer = (await loadViewer(connection.db, person!.id))!;
		const all = { typed: [] as number[], full: [] as number[] };
		const worst = { typed: 0, full: 0 };
		for (const [name, { full, make }] of Object.entries(asked)) {
			const once = () =>
				full ? searchItems(connection.db, viewer, { q: make() }) : suggest(connection.db, viewer, make());
			await timings(15, once);
			const taken = await timings(ROUNDS, once);
			const mode = full ? 'full' : 'typed';
			all[mode].push(...taken);
			worst[mode] = Math.max(worst[mode], percentile(taken, 0.95));
			console.log(`  ${name.padEnd(32)} p50 ${show(percentile(taken, 0.5))} p95 ${show(percentile(taken, 0.95))}`);
		}
		await beside?.(connection, viewer);
		return { typed: percentile(all.typed, 0.95), full: percentile(all.full, 0.95), worst };
	} finally {
		await connection.close();
		await postgres.stop();
	}
}

/** Reads the files once, as a server that has run for a while has done. */
async function warm(folder: string): Promise<void> {
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		if (entry.isFile() && entry.parentPath.includes('/base/'))
			await finished(createReadStream(join(entry.parentPath, entry.name), { highWaterMark: 1024 ** 2 }).resume());
	}
}

export const show = (ms: number) => `${ms.toFixed(1).padStart(7)} ms`;
