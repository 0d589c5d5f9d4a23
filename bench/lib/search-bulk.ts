import type postgres from 'postgres';
import { itemEntry, partEntries, type Entry } from '#src/core/search/server/impacts.ts';
import { textsOf, type Source } from '#src/core/search/server/sources.ts';
import { wordsOf } from '#src/core/search/server/words.ts';
import { copy } from './copy.ts';

interface Counted {
	term: number;
	df: number;
}

interface Row extends Omit<Source, 'part'> {
	parts: string[];
}

const AVERAGE = 95;

/** Whether every item stands in the index. */
export async function isFilled(client: postgres.Sql): Promise<boolean> {
	const [found] = await client<[{ filled: boolean }]>`select to_regclass('search_posting_impact') is not null
		and (select count(*) from search_doc where part = 0) = (select count(*) from item) as filled`;
	return found.filled;
}

/**
 * Fills an empty index as indexItems would, but by COPY: a million items in minutes. What was begun and
 * interrupted is gone on with.
 * @param until stop at this time (of `Date.now`) and leave the rest to the next call
 * @param size how many items to read at once
 * @returns whether all is done
 */
export async function fillIndex(client: postgres.Sql, { until = Infinity, size = 4000 } = {}): Promise<boolean> {
	await client.unsafe('drop index if exists search_posting_impact');
	await client`insert into search_space (space_id) select id from space order by name on conflict do nothing`;
	await client`insert into search_kind (kind) select distinct kind from item on conflict do nothing`;
	const words = new Map(
		(await client<({ word: string } & Counted)[]>`select word, term, df from search_word`).map((row) => [row.word, row])
	);
	const stems = new Map(
		(await client<{ id: number; stem: string }[]>`select id, stem from search_term`).map(({ id, stem }) => [stem, id])
	);
	const [begun] = await client<[{ doc: number; last: string }]>`select coalesce(max(doc), 0) as doc,
		coalesce((select item_id from search_doc order by doc desc limit 1), '00000000-0000-0000-0000-000000000000') as last from search_doc`;
	let { doc, last } = begun;
	let done = false;
	while (!done && Date.now() < until) {
		const batch = await client<
			Row[]
		>`select id, kind, space_id, author_id, id as root_id, title, body_md as body, tags, helped_count as helped,
			false as archived, false as distinct, extract(epoch from created_at)::int / 86400 as day, extract(epoch from created_at)::int / 86400 as fresh,
			array(select text from item_part p where p.item_id = item.id order by part) as parts
			from item where id > ${last} order by id limit ${size}`;
		done = batch.length < size;
		if (batch.length === 0) break;
		last = batch.at(-1)!.id;
		doc = await write(client, await entriesOf(client, batch, words, stems), words, doc);
	}
	await client`truncate search_word`;
	await copy(
		client,
		'search_word (word, term, df)',
		[...words].map(([word, { term, df }]) => `${word}\t${term}\t${df}\n`)
	);
	if (done) await complete(client);
	return done;
}

async function entriesOf(client: postgres.Sql, batch: Row[], words: Map<string, Counted>, stems: Map<string, number>) {
	const read = batch.map(({ parts, ...row }) => {
		const source = { ...row, part: 0 };
		const whole = { ...textsOf({ ...source, body: '' }), body: wordsOf(source.body) };
		const { title, body, tags, marks } = whole;
		return {
			...{ source, texts: { ...whole, all: [...title, ...body, ...tags, ...marks] } },
			parts: parts.map((text, index) => {
				const part = { ...source, part: index + 1, body: text };
				return { source: part, texts: textsOf(part) };
			})
		};
	});
	const all = new Set<string>();
	for (const { texts, parts } of read)
		for (const each of [texts, ...parts.map((part) => part.texts)]) for (const word of each.all) all.add(word);
	await learn(client, all, words, stems);
	const terms = new Map([...all].map((word) => [word, words.get(word)!.term]));
	const entries: Entry[] = [];
	for (const { source, texts, parts } of read)
		entries.push(itemEntry(source, texts, terms, AVERAGE), ...(await partEntries(parts, terms)));
	return entries;
}

/** @returns the number of the last entry */
async function write(
	client: postgres.Sql,
	entries: Entry[],
	words: Map<string, Counted>,
	last: number
): Promise<number> {
	const spaces = new Map(
		(await client<{ id: number; space_id: string }[]>`select id, space_id from search_space`).map((row) => [
			row.space_id,
			row.id
		])
	);
	let doc = last;
	const docs: string[] = [];
	const postings: string[] = [];
	for (const { source, vector, found, words: all } of entries) {
		const space = spaces.get(source.space_id);
		doc += 1;
		for (const [term, impact] of found) postings.push(`${term}\t${doc}\t${impact}\t${space}\t1\t${source.day}\n`);
		for (const word of new Set(all)) words.get(word)!.df += 1;
		docs.push(
			`${doc}\t${source.id}\t${source.part}\t${source.id}\t${space}\t1\t${source.author_id}\t${source.day}\t${source.fresh}\t${source.helped}\t\\\\x${vector.toString('hex')}\t ${all.join(' ')} \n`
		);
	}
	await Promise.all([
		copy(
			client,
			'search_doc (doc, item_id, part, root_id, space, kind, author_id, day, fresh, helped, vector, words)',
			docs
		),
		copy(client, 'search_posting (term, doc, impact, space, kind, day)', postings)
	]);
	return doc;
}

async function complete(client: postgres.Sql): Promise<void> {
	await client`update search_stats set (docs, parts, tokens) =
		(select count(*), count(*) filter (where part > 0), ${AVERAGE} * count(*) filter (where part = 0) from search_doc)`;
	await client`update search_space s set docs = (select count(*) from search_doc d where d.space = s.id)`;
	await client.unsafe(`set maintenance_work_mem = '2GB';
		create index search_posting_impact on search_posting (term, space, impact desc, doc desc) include (kind, day)`);
	await client.unsafe('vacuum analyze');
}

async function learn(client: postgres.Sql, all: Set<string>, words: Map<string, Counted>, stems: Map<string, number>) {
	const missing = [...all].filter((word) => !words.has(word));
	if (missing.length === 0) return;
	const found = await client<{ word: string; stem: string | null }[]>`select w as word,
		case when w ~ '^[#@]' then w else (ts_lexize('english_stem', w))[1] end as stem from unnest(${missing}::text[]) w`;
	const fresh = found.map(({ stem }) => stem).filter((stem): stem is string => stem !== null && !stems.has(stem));
	if (fresh.length > 0) {
		const added = await client<
			{ id: number; stem: string }[]
		>`insert into search_term (stem) select distinct unnest(${fresh}::text[]) returning id, stem`;
		for (const { id, stem } of added) stems.set(stem, id);
	}
	for (const { word, stem } of found) words.set(word, { term: stem === null ? 0 : stems.get(stem)!, df: 0 });
}
