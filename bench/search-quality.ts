import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { registerKinds } from '#src/app/server/kinds.ts';
import { catchUp } from '#src/core/search/server/indexing.ts';
import { similarItems, tellingWords } from '#src/core/search/server/search.ts';
import { fold, wordsOf } from '#src/core/search/server/words.ts';
import { connect } from '#src/platform/server/db.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { newId } from '#src/platform/server/ids.ts';
import { migrate } from '#src/platform/server/migrate.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import type { Measure } from './lib/run.ts';

/** Two texts by people on the same problem: what is asked, and what should be found. */
interface Pair {
	asked: string;
	written: string;
}

interface Rule {
	meta?: { docs?: { description?: string }; messages?: Record<string, string> };
}

/**
 * Real text at hand: the rules of the linters and of the accessibility checker this project uses. Each rule is described in a sentence and says
 * in other words what it found; the sentence is asked, the rule's own messages should be found among all.
 */
async function pairs(): Promise<Pair[]> {
	const require = createRequire(import.meta.url);
	const eslint = require('eslint/use-at-your-own-risk') as { builtinRules: Map<string, Rule> };
	const typescript = require('typescript-eslint') as { plugin: { rules: Record<string, Rule> } };
	const svelte = (await import('eslint-plugin-svelte')).default as unknown as { rules: Record<string, Rule> };
	const rules = [
		...eslint.builtinRules.values(),
		...Object.values(typescript.plugin.rules),
		...Object.values(svelte.rules)
	];
	const axe = require('axe-core') as { getRules(): { description: string; help: string }[] };
	const seen = new Set<string>();
	const all = [
		...rules.map(({ meta }) => [meta?.docs?.description ?? '', Object.values(meta?.messages ?? {}).join(' ')] as const),
		...axe.getRules().map(({ description, help }) => [description, help] as const)
	];
	return all.flatMap(([asked, written]) => {
		if (!asked || written.length < 10 || seen.has(written)) return [];
		seen.add(written);
		return [{ asked, written }];
	});
}

interface Quality {
	recall: number;
	mrr: number;
}

/** @param ranks the place of what should be found, from 1; 0 where it is not among ten */
function qualityOf(ranks: number[]): Quality {
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	return {
		recall: mean(ranks.map((rank) => Number(rank > 0))),
		mrr: mean(ranks.map((rank) => (rank > 0 ? 1 / rank : 0)))
	};
}

/** @param stemOf where given, its words are folded, stemmed and freed of those that say nothing, as ours are */
function miniSearch(set: Pair[], stemOf?: Map<string, string | null>): Quality {
	const processTerm = stemOf && ((term: string) => stemOf.get(fold(term)) ?? null);
	const index = new MiniSearch<{ id: number; written: string }>({
		fields: ['written'],
		...(processTerm && { processTerm })
	});
	index.addAll(set.map(({ written }, id) => ({ id, written })));
	return qualityOf(
		set.map(
			({ asked }, id) =>
				index
					.search(asked)
					.slice(0, 10)
					.findIndex((hit) => hit.id === id) + 1
		)
	);
}

async function own(set: Pair[]): Promise<{ mine: Quality; stemOf: Map<string, string | null> }> {
	const folder = mkdtempSync(join(tmpdir(), 'trellis-bench-quality-'));
	const postgres = await startEmbeddedPostgres(folder);
	const { db, client, close } = connect(postgres.url, 2);
	const [connection, ids] = [{ db, client, close }, set.map(newId)];
	try {
		await migrate(connection);
		await client`insert into organisation (name) values ('Bench')`;
		const space = await aSpace(db);
		const viewer = await aPerson(db, { spaces: [space] });
		for (const [number, { written }] of set.entries())
			await client`insert into item (id, kind, space_id, author_id, title) values (${ids[number]!}, 'question', ${space}, ${viewer.id}, ${written})`;
		await catchUp(db);
		const ranks: number[] = [];
		for (const [number, { asked }] of set.entries()) {
			const found = await similarItems(db, viewer, await tellingWords(db, asked), { limit: 10 });
			ranks.push(found.findIndex(({ id }) => id === ids[number]) + 1);
		}
		const words = [...new Set(set.flatMap(({ asked, written }) => wordsOf(`${asked} ${written}`)))];
		const stems = await client<
			{ word: string; stem: string | null }[]
		>`select w as word, (ts_lexize('english_stem', w))[1] as stem from unnest(${words}::text[]) w`;
		return { mine: qualityOf(ranks), stemOf: new Map(stems.map(({ word, stem }) => [word, stem])) };
	} finally {
		await close();
		await postgres.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

const show = ({ recall, mrr }: Quality) => `recall@10 ${recall.toFixed(3)}, MRR ${mrr.toFixed(3)}`;

export default {
	name: 'search-quality',
	target: 'at least those of MiniSearch, both ways',
	async run() {
		registerKinds();
		const set = await pairs();
		const { mine, stemOf } = await own(set);
		const baselines = { 'as it comes': miniSearch(set), 'with our stems': miniSearch(set, stemOf) };
		console.log(`${set.length} pairs`);
		for (const [name, quality] of Object.entries(baselines))
			console.log(`MiniSearch (BM25+) ${name}: ${show(quality)}`);
		const ok = Object.values(baselines).every(({ recall, mrr }) => mine.recall >= recall && mine.mrr >= mrr);
		return { figure: show(mine), ok };
	}
} satisfies Measure;
