import { breathless, slices } from '#src/platform/server/breath.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { textArray } from './arrays.ts';

/** Words that are looked up and added at once, and where others should hardly notice. */
const AT_ONCE = { many: Infinity, few: 200 };

/**
 * Looks words up in the dictionary, adding those it lacks.
 * @param known words that were looked up before, to which these are added: a word keeps its term
 * @returns term by word; 0 for words that say nothing
 */
export async function termsOf(
	tx: Db,
	words: Set<string>,
	known = new Map<string, number>(),
	breath = breathless
): Promise<Map<string, number>> {
	const unknown = [...words].filter((word) => !known.has(word));
	for (const some of slices(unknown, AT_ONCE, breath)) {
		const missing = await learn(tx, some, known);
		if (missing.length > 0) {
			await add(tx, missing);
			await learn(tx, missing, known);
		}
		await breath();
	}
	return known;
}

/** @returns those that are not in the dictionary */
async function learn(tx: Db, words: string[], known: Map<string, number>): Promise<string[]> {
	if (words.length === 0) return [];
	const found = await rows<{ word: string; term: number }>(
		tx,
		sql`select word, term from search_word where word = any(${textArray(words)}::text[])`
	);
	for (const { word, term } of found) known.set(word, term);
	return words.filter((word) => !known.has(word));
}

/** Stems first, then the words that share them: each statement finds what it needs by its index. */
async function add(tx: Db, words: string[]): Promise<void> {
	const stemmed = sql`stemmed as materialized (
			select w.word, case when w.word ~ '^[#@]' then w.word else (ts_lexize(d.dict, w.word))[1] end as stem
			from (select search_dictionary() as dict) d, unnest(${textArray(words)}::text[]) w(word)
		)`;
	await tx.execute(sql`with ${stemmed} insert into search_term (stem) select distinct s.stem from stemmed s
		where s.stem is not null and not exists (select from search_term t where t.stem = s.stem collate "C") on conflict do nothing`);
	await tx.execute(sql`with ${stemmed} insert into search_word (word, term)
		select s.word, coalesce((select t.id from search_term t where t.stem = s.stem collate "C"), 0) from stemmed s on conflict do nothing`);
}

/** Gives every word the stem of the organisation's present language; all items are to be indexed anew after it. */
export async function learnAnew(tx: Db): Promise<void> {
	await tx.execute(sql`with stemmed as materialized (
			select w.word, (ts_lexize(d.dict, w.word))[1] as stem
			from (select search_dictionary() as dict) d, search_word w where w.word !~ '^[#@]'
		), added as (
			insert into search_term (stem) select distinct stem from stemmed where stem is not null on conflict do nothing returning id, stem
		)
		update search_word w set term = coalesce(a.id, t.id, 0) from stemmed s
		left join added a on a.stem = s.stem collate "C" left join search_term t on t.stem = s.stem collate "C"
		where w.word = s.word and w.term <> coalesce(a.id, t.id, 0)`);
}
