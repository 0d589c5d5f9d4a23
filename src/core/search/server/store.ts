import { breathless, slices } from '#src/platform/server/breath.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { column, numberArray, textArray } from './arrays.ts';
import type { Counts } from './counts.ts';
import type { Entry } from './impacts.ts';
import { unpackVector } from './vector.ts';

/** An entry as it stands in the index. */
export interface Standing {
	doc: number;
	item_id: string;
	part: number;
	space: number;
	kind: number;
	vector: Buffer;
	words: string;
}

/** The short numbers that stand for spaces and kinds. */
export interface Numbers {
	spaces: Map<string, number>;
	kinds: Map<string, number>;
	/** How many items there are, and how many words they have. */
	items: number;
	tokens: number;
}

/** Entries that are written at once, and where others should hardly notice. */
const AT_ONCE = { many: 5000, few: 10 };

/** The entries of these items, without those of their parts. */
export const standingItems = (tx: Db, ids: string[]) =>
	rows<Standing>(
		tx,
		sql`select doc, item_id, part, space, kind, vector, words from search_doc where item_id = any(${textArray(ids)}::uuid[]) and part = 0`
	);

/** The entries of the parts of these items, in order. */
export const standingParts = (tx: Db, ids: string[]) =>
	rows<Standing>(
		tx,
		sql`select doc, item_id, part, space, kind, vector, words from search_doc where item_id = any(${textArray(ids)}::uuid[]) and part > 0 order by part`
	);

/** Takes entries out of the index; they are left to be counted. */
export async function takeOut(tx: Db, standing: Standing[], counts: Counts, breath = breathless): Promise<void> {
	for (const some of slices(standing, AT_ONCE, breath)) {
		const entries = some.flatMap(({ doc, space, vector }) =>
			[...unpackVector(vector)].map(([term, impact]) => ({ term, impact, doc, space }))
		);
		await tx.execute(sql`delete from search_posting p
			using unnest(${column(entries, 'term')}::int[], ${column(entries, 'space')}::smallint[], ${column(entries, 'impact')}::smallint[], ${column(entries, 'doc')}::int[]) e(term, space, impact, doc)
			where p.term = e.term and p.space = e.space and p.impact = e.impact and p.doc = e.doc`);
		await tx.execute(sql`delete from search_doc where doc = any(${column(some, 'doc')}::int[])`);
		for (const { words, space, part } of some) counts.add(words.match(/\S+/g) ?? [], space, part, -1);
		await breath();
	}
}

/** Puts entries into the index; they are left to be counted. */
export async function putIn(
	tx: Db,
	entries: Entry[],
	numbers: Numbers,
	counts: Counts,
	breath = breathless
): Promise<void> {
	for (const some of slices(entries, AT_ONCE, breath)) {
		const docs = some.map((entry) => ({ ...entry, ...placeOf(entry, numbers) }));
		const numbered = await rows<{ doc: number; item_id: string; part: number }>(
			tx,
			sql`insert into search_doc (item_id, part, root_id, space, kind, author_id, day, fresh, helped, vector, words)
				select * from jsonb_to_recordset(${JSON.stringify(
					docs.map(({ source, space, kind, vector, words }) => ({
						...{ item_id: source.id, part: source.part, root_id: source.root_id, space, kind },
						...{ author_id: source.author_id, day: source.day, fresh: source.fresh, helped: source.helped },
						...{ vector: `\\x${vector.toString('hex')}`, words: ` ${words.join(' ')} ` }
					}))
				)}::jsonb) r(item_id uuid, part int, root_id uuid, space smallint, kind smallint, author_id uuid, day smallint, fresh smallint, helped int, vector bytea, words text)
				returning doc, item_id, part`
		);
		const docOf = new Map(numbered.map(({ doc, item_id, part }) => [`${item_id}/${part}`, doc]));
		const [terms, standsAt, impacts, spaces, kinds, days] = Array.from({ length: 6 }, (): number[] => []);
		for (const { source, found, space, kind } of docs) {
			const doc = docOf.get(`${source.id}/${source.part}`)!;
			for (const [term, impact] of found) {
				terms!.push(term);
				standsAt!.push(doc);
				impacts!.push(impact);
				spaces!.push(space);
				kinds!.push(kind);
				days!.push(source.day);
			}
		}
		// In the order of the index, what stands side by side is written at once.
		await tx.execute(sql`insert into search_posting (term, doc, impact, space, kind, day)
			select * from unnest(${numberArray(terms!)}::int[], ${numberArray(standsAt!)}::int[], ${numberArray(impacts!)}::smallint[],
				${numberArray(spaces!)}::smallint[], ${numberArray(kinds!)}::smallint[], ${numberArray(days!)}::smallint[]) order by 1, 4, 3 desc`);
		for (const { words, space, source } of docs) counts.add(words, space, source.part, 1);
		await breath();
	}
}

/** The numbers an entry carries for its space and its kind: that of the kind below zero where it is archived. */
export function placeOf({ source }: Entry, { spaces, kinds }: Numbers): { space: number; kind: number } {
	return { space: spaces.get(source.space_id)!, kind: kinds.get(source.kind)! * (source.archived ? -1 : 1) };
}

/** The numbers of all spaces and kinds, with new ones for those that had none. */
export async function numbersFor(tx: Db, sources: { space_id: string; kind: string }[]): Promise<Numbers> {
	const spaceIds = textArray([...new Set(sources.map(({ space_id }) => space_id))]);
	const kindList = textArray([...new Set(sources.map(({ kind }) => kind))]);
	await tx.execute(sql`insert into search_space (space_id) select n.id from unnest(${spaceIds}::uuid[]) n(id)
		where not exists (select from search_space s where s.space_id = n.id)`);
	await tx.execute(sql`insert into search_kind (kind) select n.kind from unnest(${kindList}::text[]) n(kind)
		where not exists (select from search_kind k where k.kind = n.kind)`);
	const spaces = await rows<{ id: number; space_id: string }>(tx, sql`select id, space_id from search_space`);
	const kinds = await rows<{ id: number; kind: string }>(tx, sql`select id, kind from search_kind`);
	const [stats] = await rows<{ items: number; tokens: number }>(
		tx,
		sql`select docs - parts as items, tokens::float8 as tokens from search_stats`
	);
	return {
		spaces: new Map(spaces.map(({ id, space_id }) => [space_id, id])),
		kinds: new Map(kinds.map(({ id, kind }) => [kind, id])),
		...stats!
	};
}
