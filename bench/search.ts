import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { registerKinds } from '#src/app/server/kinds.ts';
import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { searchItems, suggestItems } from '#src/core/search/server/search.ts';
import { fillIndex } from './lib/search-bulk.ts';
import { connect, type Connection } from '#src/platform/server/db.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { newId } from '#src/platform/server/ids.ts';
import { migrate } from '#src/platform/server/migrate.ts';
import type { Measure } from './lib/run.ts';
import { percentile, timings } from './lib/numbers.ts';

const SPACES = 40;
const VOCABULARY = 60_000;
const ROUNDS = 60;
/** Another size for the large corpus: SEARCH_ITEMS=100000 npm run bench -- search --full. */
const SIZE = Number(process.env.SEARCH_ITEMS) || undefined;

/** The same numbers in every run. */
function random(seed: number): () => number {
	return () => {
		seed = (seed + 0x6d2b79f5) | 0;
		let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A made-up word for each rank, pronounceable, different for each. */
function wordAt(rank: number): string {
	const [consonants, vowels] = ['bdfgklmnprstvz', 'aeiou'];
	let word = '';
	for (let rest = rank + 80; rest > 0; rest = Math.floor(rest / 70))
		word += consonants[rest % 14]! + vowels[Math.floor(rest / 14) % 5]!;
	return `${word}k`;
}

const vocabulary = Array.from({ length: VOCABULARY }, (_, rank) => wordAt(rank));
/** Words that stand in a third of all items each. */
const EVERYWHERE = ['project', 'customer', 'system'];

/** Zipf: the word of rank r is 1/r as common as the first. */
function zipf(next: () => number): string {
	return vocabulary[Math.min(VOCABULARY - 1, Math.floor(Math.exp(next() * Math.log(VOCABULARY))) - 1)]!;
}

function* items(count: number, spaces: string[], author: string): Generator<string> {
	const next = random(7);
	for (let index = 0; index < count; index++) {
		const words = (length: number) => Array.from({ length }, () => zipf(next));
		const body = words(40 + Math.floor(next() * 90));
		for (const word of EVERYWHERE) if (next() < 1 / 3) body.push(word);
		const title = words(5 + Math.floor(next() * 6));
		if (next() < 0.02) title.push(EVERYWHERE[index % 3]!);
		const space = spaces[Math.floor(next() * SPACES)]!;
		const tag = `tag${Math.floor(next() ** 3 * 300)}`;
		const helped = Math.floor(next() ** 12 * 40);
		const day = new Date(Date.UTC(2020, 0, 1) + Math.floor((index / count) * 2200) * 86_400_000).toISOString();
		const text = body.join(' ');
		yield `${newId()}\tquestion\t${space}\t${author}\t${title.join(' ')}\t${text}\t<p>${text}</p>\t{${tag}}\t${helped}\t${day}\t${day}\t${day}\n`;
	}
}

async function fill({ client, db }: Connection, count: number): Promise<Viewer> {
	const person = newId();
	const spaces = Array.from({ length: SPACES }, newId);
	await client`insert into organisation (name) values ('Bench')`;
	await client`insert into person (id, name, email) values (${person}, 'Bench', 'bench@example.org')`;
	for (const [number, id] of spaces.entries()) {
		await client`insert into space (id, slug, name, kind, access) values (${id}, ${`s${number}`}, ${`Space ${number}`}, 'community', 'closed')`;
		if (number < 8) await client`insert into space_member (space_id, person_id) values (${id}, ${person})`;
	}
	const into =
		await client`copy item (id, kind, space_id, author_id, title, body_md, body_html, tags, helped_count, created_at, updated_at, active_at) from stdin`.writable();
	await pipeline(Readable.from(items(count, spaces, person)), into);
	return (await loadViewer(db, person))!;
}

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
}

async function measure(count: number, plain: boolean): Promise<Outcome> {
	const folder = mkdtempSync(join(tmpdir(), 'trellis-bench-search-'));
	const postgres = await startEmbeddedPostgres(folder);
	const connection = connect(postgres.url, 2);
	try {
		await migrate(connection);
		let begin = performance.now();
		const viewer = await fill(connection, count);
		console.log(`${count.toLocaleString('en')} items written in ${Math.round((performance.now() - begin) / 1000)} s`);
		begin = performance.now();
		await fillIndex(connection.client);
		console.log(`indexed in ${Math.round((performance.now() - begin) / 1000)} s`);
		await connection.client.unsafe('vacuum analyze');
		const all = { typed: [] as number[], full: [] as number[] };
		for (const [name, { full, make }] of Object.entries(classes())) {
			const once = () =>
				full ? searchItems(connection.db, viewer, { q: make() }) : suggestItems(connection.db, viewer, make());
			await timings(15, once);
			const taken = await timings(ROUNDS, once);
			all[full ? 'full' : 'typed'].push(...taken);
			console.log(`  ${name.padEnd(32)} p50 ${show(percentile(taken, 0.5))} p95 ${show(percentile(taken, 0.95))}`);
		}
		if (plain) await reference(connection, viewer);
		return { typed: percentile(all.typed, 0.95), full: percentile(all.full, 0.95) };
	} finally {
		await connection.close();
		await postgres.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

const show = (ms: number) => `${ms.toFixed(1).padStart(7)} ms`;

/** What it takes to rank every match, so that the gain shows. */
async function reference({ client }: Connection, viewer: Viewer): Promise<void> {
	await client.unsafe(
		`create table plain as select id, space_id, to_tsvector('english', title || ' ' || body_md) as words from item`
	);
	await client.unsafe('create index on plain using gin (words)');
	await client.unsafe('vacuum analyze plain');
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
	target: 'p95 ≤ 50 ms typed, ≤ 120 ms full, ≤ 2 × that of the small corpus',
	async run({ full }) {
		registerKinds();
		const small = await measure(full ? 10_000 : 2_000, false);
		const large = await measure(SIZE ?? (full ? 1_000_000 : 10_000), full);
		const growth = Math.max(large.typed / small.typed, large.full / small.full);
		const figure = `typed ${large.typed.toFixed(1)} ms, full ${large.full.toFixed(1)} ms, growth ${growth.toFixed(2)}×`;
		return { figure, ok: large.typed <= 50 && large.full <= 120 && growth <= 2 };
	}
} satisfies Measure;
