import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type postgres from 'postgres';
import { textsOf } from '#src/core/search/server/indexing.ts';
import { wordsOf } from '#src/core/search/server/words.ts';
import { impactOf, packVector } from '#src/core/search/server/vector.ts';

interface Row {
	id: string;
	kind: string;
	space_id: string;
	author_id: string;
	title: string;
	body_md: string;
	tags: string[];
	helped_count: number;
	day: number;
}

const BATCH = 4000;

/** Fills an empty index as indexItems would, but by COPY: a million items in minutes. */
export async function fillIndex(client: postgres.Sql): Promise<void> {
	await client.unsafe('drop index search_posting_impact');
	await client`insert into search_space (space_id) select id from space`;
	await client`insert into search_kind (kind) values ('question')`;
	const spaces = new Map((await client`select id, space_id from search_space`).map((row) => [row.space_id, row.id]));
	const words = new Map<string, { term: number; df: number }>();
	const stems = new Map<string, number>();
	let [doc, tokens, last] = [0, 0, '00000000-0000-0000-0000-000000000000'];
	for (;;) {
		const batch = await client<Row[]>`select id, kind, space_id, author_id, title, body_md, tags, helped_count,
			extract(epoch from created_at)::int / 86400 as day from item where id > ${last} order by id limit ${BATCH}`;
		if (batch.length === 0) break;
		last = batch.at(-1)!.id;
		const texts = batch.map(({ body_md, ...row }) => textsOf({ ...row, body_html: '' }, wordsOf(body_md)));
		await learn(client, new Set(texts.flatMap(({ all }) => all)), words, stems);
		const docs: string[] = [];
		const postings: string[] = [];
		for (const [index, row] of batch.entries()) {
			const { title, body, tags, marks, all } = texts[index]!;
			const frequency = new Map<number, number>();
			const add = (word: string, weight: number) => {
				const { term } = words.get(word)!;
				if (term > 0) frequency.set(term, (frequency.get(term) ?? 0) + weight);
			};
			body.forEach((word) => add(word, 1));
			title.forEach((word) => add(word, 2.5));
			tags.forEach((word) => add(word, 1.5));
			marks.forEach((word) => add(word, 1));
			doc += 1;
			tokens += all.length;
			const worth = Math.min(1.8, 1 + 0.12 * Math.log2(1 + row.helped_count));
			const impacts = new Map(
				[...frequency].map(([t, f]) => [t, impactOf(f, (title.length + body.length) / 95, worth)])
			);
			const space = spaces.get(row.space_id);
			for (const [term, impact] of impacts) postings.push(`${term}\t${doc}\t${impact}\t${space}\t1\t${row.day}\n`);
			for (const word of new Set(all)) words.get(word)!.df += 1;
			docs.push(
				`${doc}\t${row.id}\t${row.id}\t${space}\t1\t${row.author_id}\t${row.day}\t${row.day}\t${row.helped_count}\t\\\\x${packVector(impacts).toString('hex')}\t ${all.join(' ')} \n`
			);
		}
		await copy(
			client,
			'search_doc (doc, item_id, root_id, space, kind, author_id, day, fresh, helped, vector, words)',
			docs
		);
		await copy(client, 'search_posting (term, doc, impact, space, kind, day)', postings);
	}
	await copy(
		client,
		'search_word (word, term, df)',
		[...words].map(([word, { term, df }]) => `${word}\t${term}\t${df}\n`)
	);
	await client`update search_stats set docs = ${doc}, tokens = ${tokens}`;
	await client`update search_space s set docs = (select count(*) from search_doc d where d.space = s.id)`;
	await client.unsafe(
		`set maintenance_work_mem = '1GB'; create index search_posting_impact on search_posting (term, space, impact desc, doc desc) include (kind, day)`
	);
}

async function learn(
	client: postgres.Sql,
	all: Set<string>,
	words: Map<string, { term: number; df: number }>,
	stems: Map<string, number>
) {
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

async function copy(client: postgres.Sql, into: string, lines: string[]): Promise<void> {
	const target = await client.unsafe(`copy ${into} from stdin`).writable();
	await pipeline(Readable.from(chunks(lines)), target);
}

function* chunks(lines: string[]): Generator<string> {
	for (let at = 0; at < lines.length; at += 2000) yield lines.slice(at, at + 2000).join('');
}
