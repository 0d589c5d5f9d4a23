import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerKinds } from '#src/app/server/kinds.ts';
import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { searchItems } from '#src/core/search/server/search.ts';
import { suggest } from '#src/core/search/server/suggest.ts';
import { connect, type Connection } from '#src/platform/server/db.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { migrate } from '#src/platform/server/migrate.ts';
import { percentile, timings } from './lib/numbers.ts';
import type { Measure } from './lib/run.ts';
import { fillIndex, isFilled } from './lib/search-bulk.ts';
import { EVERYWHERE, fillItems, random, vocabulary, zipf } from './lib/search-corpus.ts';

const ROUNDS = 60;
/** Another size for the large corpus: SEARCH_ITEMS=100000 npm run bench -- search --full. */
const SIZE = Number(process.env.SEARCH_ITEMS) || undefined;
/** A folder in which the filled databases are kept for the next run, one a size. */
const KEPT = process.env.SEARCH_DATA;
/** What is filled by COPY is made again if the machine fails. */
const HASTY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=16GB'];

/** Queries by class, drawn anew each round. */
function classes(): Record<string, { full: boolean; make: () => string }> {
	const next = random(99);
	const rank = (from: number, to: number) => vocabulary[from + Math.floor(next() * (to - from))]!;
	const common = () => EVERYWHERE[Math.floor(next() * 3)]!;
	const typo = (word: string) => word.slice(0, 2) + word[3] + word[2] + word.slice(4);
	const prefix = () => rank(0, 20_000).slice(0, 1 + Math.floor(next() * 4));
	return {
		'typed: prefix of 1–4 letters': { full: false, make: prefix },
		'typed: word and prefix': { full: false, make: () => `${rank(50, 2000)} ${prefix()}` },
		'typed: in a third of all': { full: false, make: common },
		'typed: rare': { full: false, make: () => rank(20_000, 50_000) },
		'typed: typo': { full: false, make: () => typo(rank(5000, 30_000)) },
		'full: rare': { full: true, make: () => rank(20_000, 50_000) },
		'full: middling': { full: true, make: () => rank(100, 3000) },
		'full: in a third of all': { full: true, make: common },
		'full: two in a third of all': { full: true, make: () => 'project customer' },
		'full: common and middling': { full: true, make: () => `${common()} ${rank(100, 3000)}` },
		'full: six words': { full: true, make: () => Array.from({ length: 6 }, () => zipf(next)).join(' ') },
		'full: typo': { full: true, make: () => typo(rank(5000, 30_000)) },
		'full: phrase': { full: true, make: () => `"${rank(0, 20)} ${rank(0, 20)}"` },
		'full: exclusion': { full: true, make: () => `${common()} -${rank(0, 50)}` },
		'full: filters': { full: true, make: () => `${common()} tag:tag${Math.floor(next() * 300)} after:2023-01` }
	};
}

interface Outcome {
	typed: number;
	full: number;
	/** The p95 of the slowest class of each. */
	worst: { typed: number; full: number };
}

async function measure(count: number, plain: boolean): Promise<Outcome> {
	const folder = KEPT ? join(KEPT, `search-${count}`) : mkdtempSync(join(tmpdir(), 'trellis-bench-search-'));
	try {
		await fill(folder, count, plain);
		return await ask(folder, plain);
	} finally {
		if (!KEPT) rmSync(folder, { recursive: true, force: true });
	}
}

/** Writes items and index, unless they stand already. */
async function fill(folder: string, count: number, plain: boolean): Promise<void> {
	const postgres = await startEmbeddedPostgres(folder, { settings: HASTY });
	const connection = connect(postgres.url, 2);
	try {
		await migrate(connection);
		const begin = performance.now();
		await fillItems(connection, count);
		if (!(await isFilled(connection.client))) await fillIndex(connection.client);
		if (plain) await fillPlain(connection);
		const seconds = Math.round((performance.now() - begin) / 1000);
		console.log(`${count.toLocaleString('en')} items written and indexed in ${seconds} s`);
	} finally {
		await connection.close();
		await postgres.stop();
	}
}

/** Asks the server as it runs in production. */
async function ask(folder: string, plain: boolean): Promise<Outcome> {
	const postgres = await startEmbeddedPostgres(folder);
	const connection = connect(postgres.url, 2);
	try {
		await warm(folder);
		const [person] = await connection.client<{ id: string }[]>`select id from person`;
		const viewer = (await loadViewer(connection.db, person!.id))!;
		const all = { typed: [] as number[], full: [] as number[] };
		const worst = { typed: 0, full: 0 };
		for (const [name, { full, make }] of Object.entries(classes())) {
			const once = () =>
				full ? searchItems(connection.db, viewer, { q: make() }) : suggest(connection.db, viewer, make());
			await timings(15, once);
			const taken = await timings(ROUNDS, once);
			const mode = full ? 'full' : 'typed';
			all[mode].push(...taken);
			worst[mode] = Math.max(worst[mode], percentile(taken, 0.95));
			console.log(`  ${name.padEnd(32)} p50 ${show(percentile(taken, 0.5))} p95 ${show(percentile(taken, 0.95))}`);
		}
		if (plain) await reference(connection, viewer);
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
			for await (const _ of createReadStream(join(entry.parentPath, entry.name), { highWaterMark: 1024 ** 2 }));
	}
}

const show = (ms: number) => `${ms.toFixed(1).padStart(7)} ms`;

/** The same texts with a full-text index as PostgreSQL has it. */
async function fillPlain({ client }: Connection): Promise<void> {
	if ((await client`select 1 from pg_class where relname = 'plain_words'`).length > 0) return;
	await client.unsafe(`create table plain as
		select id, space_id, to_tsvector('english', title || ' ' || body_md) as words from item`);
	await client.unsafe('create index plain_words on plain using gin (words)');
	await client.unsafe('vacuum analyze plain');
}

/** What it takes to rank every match, so that the gain shows. */
async function reference({ client }: Connection, viewer: Viewer): Promise<void> {
	for (const word of ['project', 'project & customer', vocabulary[500]!]) {
		const taken = await timings(
			5,
			() =>
				client`select id from plain, to_tsquery('english', ${word}) q where words @@ q and space_id = any(${viewer.readableSpaces as string[]}::uuid[])
				order by ts_rank(words, q) desc limit 20`
		);
		console.log(`  reference: ts_rank of all matches of ${word.padEnd(20)} p50 ${show(percentile(taken, 0.5))}`);
	}
}

export default {
	name: 'search',
	target: 'p95 of the slowest kind of query ≤ 50 ms typed, ≤ 120 ms full; p95 of all ≤ 2 × that of the small corpus',
	async run({ full }) {
		registerKinds();
		const small = await measure(full ? 10_000 : 2_000, false);
		const large = await measure(SIZE ?? (full ? 1_000_000 : 10_000), full);
		const growth = Math.max(large.typed / small.typed, large.full / small.full);
		const { typed, full: whole } = large.worst;
		const figure = `typed ${typed.toFixed(1)} ms, full ${whole.toFixed(1)} ms, growth ${growth.toFixed(2)}×`;
		return { figure, ok: typed <= 50 && whole <= 120 && growth <= 2 };
	}
} satisfies Measure;
