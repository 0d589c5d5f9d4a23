import { registerKinds } from '#src/app/server/kinds.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Connection } from '#src/platform/server/db.ts';
import { percentile, timings } from './lib/numbers.ts';
import type { Measure } from './lib/run.ts';
import { fillIndex, isFilled } from './lib/search-bulk.ts';
import { EVERYWHERE, fillItems, random, vocabulary, zipf } from './lib/search-corpus.ts';
import { measure, show, type Asked } from './lib/search-run.ts';

/** Another size for the large corpus: SEARCH_ITEMS=100000 npm run bench -- search --full. */
const SIZE = Number(process.env.SEARCH_ITEMS) || undefined;

/** Queries by class, drawn anew each round. */
function classes(): Record<string, Asked> {
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

const questions = (count: number, plain: boolean) =>
	measure({
		...{ name: 'search', count, asked: classes() },
		async fill(connection) {
			await fillItems(connection, count);
			if (!(await isFilled(connection.client))) await fillIndex(connection.client);
			if (plain) await fillPlain(connection);
		},
		...(plain && { beside: reference })
	});

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
		const small = await questions(full ? 10_000 : 2_000, false);
		const large = await questions(SIZE ?? (full ? 1_000_000 : 10_000), full);
		const growth = Math.max(large.typed / small.typed, large.full / small.full);
		const { typed, full: whole } = large.worst;
		const figure = `typed ${typed.toFixed(1)} ms, full ${whole.toFixed(1)} ms, growth ${growth.toFixed(2)}×`;
		return { figure, ok: typed <= 50 && whole <= 120 && growth <= 2 };
	}
} satisfies Measure;
