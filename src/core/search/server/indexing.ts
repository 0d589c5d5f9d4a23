import { plainText } from '#src/core/items/server/render.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { searchKind, searchKinds } from './kinds.ts';
import { impactOf, packVector, unpackVector } from './vector.ts';
import { wordsOf } from './words.ts';

/** One writer of the index at a time, so that counts and terms need no further care. */
const WRITER = 7_305_772;

interface Source {
	id: string;
	kind: string;
	space_id: string;
	author_id: string | null;
	root_id: string;
	title: string;
	body_html: string;
	tags: string[];
	archived: boolean;
	helped_count: number;
	day: number;
	fresh: number;
}

interface Standing {
	doc: number;
	item_id: string;
	space: number;
	vector: Buffer;
	words: string;
}

/**
 * Brings the index up to date with these items, and all beneath them. It reads what the items are now,
 * so a repetition, or a late event, does no harm.
 */
export async function indexItems(db: Db, ids: string[]): Promise<void> {
	await db.transaction(async (tx) => {
		await tx.execute(sql`select pg_advisory_xact_lock(${WRITER})`);
		const all = await withThoseBeneath(tx, ids);
		const sources = await load(tx, all);
		await takeOut(tx, all);
		if (sources.length > 0) await putIn(tx, sources);
	});
}

/**
 * Brings the index up to date with many items, a batch at a time; searches go on meanwhile.
 * @param which `source`: only what was imported from there; `all`: also items that seem up to date
 * @returns how many were read
 */
export async function catchUp(
	db: Db,
	{ source, all = false }: { source?: string; all?: boolean } = {},
	progress: (done: number) => void = () => {}
): Promise<number> {
	let last = '00000000-0000-0000-0000-000000000000';
	let done = 0;
	for (;;) {
		const batch = await rows<{ id: string }>(
			db,
			sql`select i.id from item i left join search_doc d on d.item_id = i.id left join item p on p.id = i.parent_id
				join item root on root.id = coalesce(p.parent_id, i.parent_id, i.id)
				where i.id > ${last}::uuid and i.kind in ${kindNames()}
					and (${all} or i.updated_at > d.indexed_at
						or (d.item_id is null and i.state <> 'removed' and root.state <> 'removed' and coalesce(p.state, '') <> 'removed'))
					and (${source ?? null}::text is null or i.provenance ->> 'source' = ${source ?? null})
				order by i.id limit 500`
		);
		if (batch.length === 0) return done;
		await indexItems(
			db,
			batch.map(({ id }) => id)
		);
		last = batch.at(-1)!.id;
		progress((done += batch.length));
	}
}

const kindNames = () => [...searchKinds().map(({ kind }) => kind), ''];

async function withThoseBeneath(tx: Db, ids: string[]): Promise<string[]> {
	const found = await rows<{ id: string }>(
		tx,
		sql`with recursive beneath as (
			select id from item where id = any(${textArray(ids)}::uuid[])
			union select i.id from item i join beneath b on i.parent_id = b.id
		) select id from beneath`
	);
	return [...new Set([...ids, ...found.map(({ id }) => id)])];
}

async function load(tx: Db, ids: string[]): Promise<Source[]> {
	return rows<Source>(
		tx,
		sql`select i.id, i.kind, i.space_id, case when i.anonymous then null else i.author_id end as author_id,
			root.id as root_id, i.title, i.body_html, i.tags, i.helped_count,
			(i.state = 'archived' or root.state = 'archived') as archived,
			extract(epoch from i.created_at)::int / 86400 as day, extract(epoch from i.updated_at)::int / 86400 as fresh
			from item i left join item p on p.id = i.parent_id
			join item root on root.id = coalesce(p.parent_id, i.parent_id, i.id)
			where i.id = any(${textArray(ids)}::uuid[]) and i.kind in ${kindNames()}
				and i.state <> 'removed' and root.state <> 'removed' and (p.id is null or p.state <> 'removed')
			order by i.id`
	);
}

async function takeOut(tx: Db, ids: string[]): Promise<void> {
	const standing = await rows<Standing>(
		tx,
		sql`select doc, item_id, space, vector, words from search_doc where item_id = any(${textArray(ids)}::uuid[])`
	);
	if (standing.length === 0) return;
	const entries = standing.flatMap(({ doc, space, vector }) =>
		[...unpackVector(vector)].map(([term, impact]) => ({ term, impact, doc, space }))
	);
	await tx.execute(sql`delete from search_posting p
		using unnest(${column(entries, 'term')}::int[], ${column(entries, 'space')}::smallint[], ${column(entries, 'impact')}::smallint[], ${column(entries, 'doc')}::int[]) e(term, space, impact, doc)
		where p.term = e.term and p.space = e.space and p.impact = e.impact and p.doc = e.doc`);
	await tx.execute(sql`delete from search_doc where doc = any(${column(standing, 'doc')}::int[])`);
	await count(
		tx,
		standing.map(({ words, space }) => ({ words: words.trim().split(' '), space })),
		-1
	);
}

async function putIn(tx: Db, sources: Source[]): Promise<void> {
	const texts = sources.map((source) => textsOf(source));
	const terms = await termsOf(tx, new Set(texts.flatMap(({ all }) => all)));
	const { spaces, kinds, average } = await numbers(tx, sources);
	const docs = sources.map((source, index) => {
		const { title, body, tags, marks, all } = texts[index]!;
		const frequency = new Map<number, number>();
		const add = (word: string, weight: number) => {
			const term = terms.get(word) ?? 0;
			if (term > 0) frequency.set(term, (frequency.get(term) ?? 0) + weight);
		};
		for (const word of body) add(word, 1);
		for (const word of title) add(word, 2.5);
		for (const word of tags) add(word, 1.5);
		for (const mark of marks) add(mark, 1);
		const length = (title.length + body.length) / average;
		const worth = worthOf(source);
		const impacts = new Map([...frequency].map(([term, f]) => [term, impactOf(f, length, worth)] as const));
		const kind = kinds.get(source.kind)! * (source.archived ? -1 : 1);
		return { ...source, space: spaces.get(source.space_id)!, kind, impacts, all, words: ` ${all.join(' ')} ` };
	});
	const numbered = await rows<{ doc: number; item_id: string }>(
		tx,
		sql`insert into search_doc (item_id, root_id, space, kind, author_id, day, fresh, helped, vector, words)
			select * from jsonb_to_recordset(${JSON.stringify(
				docs.map((d) => ({
					...{ item_id: d.id, root_id: d.root_id, space: d.space, kind: d.kind, author_id: d.author_id },
					...{ day: d.day, fresh: d.fresh, helped: d.helped_count, words: d.words },
					vector: `\\x${packVector(d.impacts).toString('hex')}`
				}))
			)}::jsonb) r(item_id uuid, root_id uuid, space smallint, kind smallint, author_id uuid, day smallint, fresh smallint, helped int, vector bytea, words text)
			returning doc, item_id`
	);
	const docOf = new Map(numbered.map(({ doc, item_id }) => [item_id, doc]));
	const entries = docs.flatMap(({ id, impacts, space, kind, day }) =>
		[...impacts].map(([term, impact]) => ({ term, impact, doc: docOf.get(id)!, space, kind, day }))
	);
	await tx.execute(sql`insert into search_posting (term, doc, impact, space, kind, day)
		select * from unnest(${column(entries, 'term')}::int[], ${column(entries, 'doc')}::int[], ${column(entries, 'impact')}::smallint[],
			${column(entries, 'space')}::smallint[], ${column(entries, 'kind')}::smallint[], ${column(entries, 'day')}::smallint[])`);
	await count(
		tx,
		docs.map(({ all, space }) => ({ words: all, space })),
		1
	);
}

/** The words of each field. Tags and the author are marks: words that nobody can type by chance. */
export function textsOf(
	source: Pick<Source, 'title' | 'body_html' | 'tags' | 'author_id'>,
	body = wordsOf(plainText(source.body_html)).slice(0, 20_000)
) {
	const title = wordsOf(source.title);
	const tags = source.tags.flatMap(wordsOf);
	const marks = [...source.tags.map(tagMark), ...(source.author_id ? [authorMark(source.author_id)] : [])];
	return { title, body, tags, marks, all: [...title, ...body, ...tags, ...marks] };
}

export const tagMark = (tag: string) => `#${tag.toLowerCase()}`;
export const authorMark = (id: string) => `@${id}`;

/** What helped colleagues stands higher; each doubling of the people it helped counts the same. */
function worthOf({ kind, helped_count }: Source): number {
	return Math.min(1.8, (searchKind(kind)?.weight ?? 1) * (1 + 0.12 * Math.log2(1 + helped_count)));
}

/** Looks words up in the dictionary, adding those it lacks. @returns term by word; 0 for words that say nothing */
export async function termsOf(tx: Db, words: Set<string>): Promise<Map<string, number>> {
	const list = textArray([...words]);
	await tx.execute(sql`with missing as materialized (
			select w.word, case when w.word ~ '^[#@]' then w.word else (ts_lexize(d.dict, w.word))[1] end as stem
			from (select search_dictionary() as dict) d, unnest(${list}::text[]) w(word)
			where not exists (select from search_word k where k.word = w.word)
		), added as (
			insert into search_term (stem) select distinct stem from missing where stem is not null on conflict do nothing returning id, stem
		)
		insert into search_word (word, term)
		select m.word, coalesce(a.id, t.id, 0) from missing m
		left join added a on a.stem = m.stem collate "C" left join search_term t on t.stem = m.stem collate "C" on conflict do nothing`);
	const found = await rows<{ word: string; term: number }>(
		tx,
		sql`select word, term from search_word where word = any(${list}::text[])`
	);
	return new Map(found.map(({ word, term }) => [word, term]));
}

async function numbers(tx: Db, sources: Source[]) {
	const spaceIds = textArray([...new Set(sources.map(({ space_id }) => space_id))]);
	const kindList = textArray([...new Set(sources.map(({ kind }) => kind))]);
	await tx.execute(sql`insert into search_space (space_id) select unnest(${spaceIds}::uuid[]) on conflict do nothing`);
	await tx.execute(sql`insert into search_kind (kind) select unnest(${kindList}::text[]) on conflict do nothing`);
	const spaces = await rows<{ id: number; space_id: string }>(tx, sql`select id, space_id from search_space`);
	const kinds = await rows<{ id: number; kind: string }>(tx, sql`select id, kind from search_kind`);
	const [stats] = await rows<{ average: number }>(
		tx,
		sql`select case when docs < 20 then 50 else tokens::float8 / docs end as average from search_stats`
	);
	return {
		spaces: new Map(spaces.map(({ id, space_id }) => [space_id, id])),
		kinds: new Map(kinds.map(({ id, kind }) => [kind, id])),
		average: Math.max(1, stats?.average ?? 50)
	};
}

/** Keeps the counts by word, by space and in all. @param sign 1 for items put in, -1 for items taken out */
async function count(tx: Db, docs: { words: string[]; space: number }[], sign: 1 | -1): Promise<void> {
	const byWord = new Map<string, number>();
	const bySpace = new Map<number, number>();
	let length = 0;
	for (const { words, space } of docs) {
		for (const word of new Set(words)) byWord.set(word, (byWord.get(word) ?? 0) + sign);
		bySpace.set(space, (bySpace.get(space) ?? 0) + sign);
		length += words.length;
	}
	await tx.execute(sql`update search_word w set df = greatest(0, w.df + c.n)
		from unnest(${textArray([...byWord.keys()])}::text[], ${numberArray([...byWord.values()])}::int[]) c(word, n) where w.word = c.word`);
	await tx.execute(sql`update search_space s set docs = s.docs + c.n
		from unnest(${numberArray([...bySpace.keys()])}::smallint[], ${numberArray([...bySpace.values()])}::int[]) c(id, n) where s.id = c.id`);
	await tx.execute(
		sql`update search_stats set docs = docs + ${sign * docs.length}, tokens = tokens + ${sign * length}`
	);
}

const numberArray = (values: number[]) => `{${values.join(',')}}`;
const textArray = (values: string[]) => `{${values.map((v) => `"${v.replace(/(["\\])/g, '\\$1')}"`).join(',')}}`;

function column<K extends string>(list: { [key in K]: number }[], key: K): string {
	return numberArray(list.map((entry) => entry[key]));
}
