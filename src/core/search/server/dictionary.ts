import { array, rows, sql, type Db } from '#src/platform/server/db.ts';

/** One thing that is sought: a word, with the words that may stand for it. */
export interface Concept {
	text: string;
	/** Terms with what a match of each is worth, 0 to 1. */
	terms: Map<number, number>;
	/** In how many items each term stands. */
	counts: Map<number, number>;
	/** In how many items the most common of its terms stands. */
	df: number;
	/** Words to mark where they are shown. */
	words: Set<string>;
	/** Set where the word was not known and others that look like it were taken. */
	corrected: boolean;
}

interface Found {
	asked: string;
	word: string | null;
	term: number;
	df: number;
	way: 'stem' | 'prefix' | 'stop';
}

const PREFIXES = 12;

/**
 * Looks words up: by stem, the unfinished one also by how it begins, and unknown ones by those that differ by a letter.
 * Words that say nothing ("the") give no concept.
 */
export async function lookUp(db: Db, words: string[], unfinished?: string): Promise<Concept[]> {
	if (words.length === 0) return [];
	const end = unfinished === undefined ? '' : unfinished + '\u{10ffff}';
	const found = await rows<Found>(
		db,
		sql`with asked as materialized (
				select q.word, case when q.word ~ '^[#@]' then array[q.word] else ts_lexize(d.dict, q.word) end as stems
				from (select search_dictionary() as dict) d, unnest(${array(words, 'text')}) q(word)
			)
			select a.word as asked, w.word, t.id as term, w.df, 'stem' as way
			from asked a join search_term t on t.stem = a.stems[1] collate "C"
			cross join lateral (select word, df from search_word where term = t.id and df > 0 order by df desc limit 40) w
			union all select a.word, null, 0, 0, 'stop' from asked a where a.stems = '{}'
			union all (
				select ${unfinished ?? ''}::text, w.word, w.term, w.df, 'prefix' from generate_series(24, 0, -1) l
				cross join lateral (
					select word, term, df from search_word
					where level = l and word >= ${unfinished ?? ''} collate "C" and word < ${end} collate "C" and term > 0 limit ${PREFIXES}
				) w
				where ${unfinished !== undefined} limit ${PREFIXES}
			)`
	);
	const concepts = words.map((text) => conceptOf(text, found, text === unfinished));
	const unknown = concepts.filter(({ df, text }) => df === 0 && text.length >= 4 && !/^[#@]/.test(text));
	if (unknown.length > 0) await correct(db, unknown.slice(0, 4));
	return concepts.filter(({ text, terms }) => terms.size > 0 || !isStop(text, found));
}

const isStop = (text: string, found: Found[]) => found.some(({ asked, way }) => asked === text && way === 'stop');

function conceptOf(text: string, found: Found[], unfinished: boolean): Concept {
	const counts = new Map<number, number>();
	const concept: Concept = { text, terms: new Map(), counts, df: 0, words: new Set([text]), corrected: false };
	for (const { asked, word, term, df, way } of found) {
		if (asked !== text || way === 'stop' || (way === 'prefix' && !unfinished)) continue;
		if (word === null) continue;
		concept.words.add(word);
		concept.terms.set(term, Math.max(concept.terms.get(term) ?? 0, way === 'stem' || word === text ? 1 : 0.8));
		counts.set(term, (counts.get(term) ?? 0) + df);
	}
	concept.df = Math.max(0, ...counts.values());
	return concept;
}

/** Takes known words one letter away; where there is none, those that share most groups of three letters. */
async function correct(db: Db, concepts: Concept[]): Promise<void> {
	for (const concept of concepts) {
		let near = await rows<{ word: string; term: number; df: number }>(
			db,
			sql`select word, term, df from search_word where word = any(${array(editsOf(concept.text), 'text')} collate "C") and term > 0 and df > 0 order by df desc limit 3`
		);
		if (near.length === 0 && concept.text.length >= 6) {
			near = await rows(
				db,
				sql`select word, term, df from search_word where word % ${concept.text} and term > 0 and level > 0
					order by similarity(word, ${concept.text}) desc, df desc limit 3`
			);
		}
		concept.corrected = near.length > 0;
		for (const { word, term, df } of near) {
			concept.words.add(word);
			concept.terms.set(term, 0.7);
			concept.counts.set(term, (concept.counts.get(term) ?? 0) + df);
			concept.df = Math.max(concept.df, df);
		}
	}
}

/** All words that one slip of the finger away: a letter left out, doubled, swapped or hit wrongly. */
function editsOf(word: string): string[] {
	const letters = [...new Set([...'abcdefghijklmnopqrstuvwxyz', ...word])];
	const edits = new Set<string>();
	for (let at = 0; at <= word.length; at++) {
		const before = word.slice(0, at);
		const after = word.slice(at);
		if (after) edits.add(before + after.slice(1));
		if (after.length > 1) edits.add(before + after[1] + after[0] + after.slice(2));
		for (const letter of letters) {
			edits.add(before + letter + after);
			if (after) edits.add(before + letter + after.slice(1));
		}
	}
	edits.delete(word);
	return [...edits].filter((edit) => edit.isWellFormed());
}
