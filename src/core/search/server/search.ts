import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { bestMatches, type Match, type Scope } from './candidates.ts';
import { lookUp, type Concept } from './dictionary.ts';
import { searchKinds } from './kinds.ts';
import { logMiss } from './misses.ts';
import { corrections, present, type Hit } from './present.ts';
import { isEmpty, parseQuery, type Fields, type Query } from './query.ts';
import { noteSearch } from './searched.ts';
import { authorMark, tagMark } from './sources.ts';
import { wordsOf } from './words.ts';

export interface Results {
	hits: Hit[];
	/** The next page, where there is one. */
	next: number | null;
	/** Words that were taken for words nobody wrote: "recipt" for "receipt". */
	corrected: { asked: string; taken: string }[];
}

const PAGE = 20;
/** Further down nobody looks; a narrower search helps more. */
export const LAST_PAGE = 10;

/**
 * Searches all that the viewer may read.
 * @param page from 1; the first is noted in the viewer's own record, and words sought in vain are counted for those
 * who look after the spaces
 */
export async function searchItems(
	db: Db,
	viewer: Viewer,
	input: Fields & { q: string; page?: number }
): Promise<Results> {
	const page = Math.min(LAST_PAGE, Math.max(1, input.page ?? 1));
	const query = parseQuery(input.q, input);
	if (isEmpty(query)) return { hits: [], next: null, corrected: [] };
	const found = await find(db, viewer, { ...query, unfinished: false }, { budget: 8_000, cap: 300 });
	const threads = found.matches.slice((page - 1) * PAGE, page * PAGE + 1);
	const hits = await present(db, viewer, threads.slice(0, PAGE), found.concepts, query);
	if (page === 1) await noteSearch(db, viewer, input.q, hits.length);
	if (hits.length === 0 && page === 1) await logMiss(db, viewer, input.q, found.spaceIds);
	const next = threads.length > PAGE && page < LAST_PAGE ? page + 1 : null;
	return { hits, next, corrected: hits.length > 0 ? corrections(found.concepts, hits) : [] };
}

/** The ids of what matches best, 300 at most, for feeds: a reader that looks every hour notes nothing. */
export async function matchingItems(db: Db, viewer: Viewer, input: Fields & { q: string }): Promise<string[]> {
	const query = parseQuery(input.q, input);
	if (isEmpty(query)) return [];
	const { matches } = await find(db, viewer, { ...query, unfinished: false }, { budget: 8_000, cap: 300 });
	return matches.map(({ rootId }) => rootId);
}

/** The first few while somebody types: the last word may be unfinished. */
export async function suggestItems(db: Db, viewer: Viewer, text: string, limit = 6): Promise<Hit[]> {
	const query = parseQuery(text);
	if (isEmpty(query)) return [];
	const { matches, concepts } = await find(db, viewer, query, { budget: 4_000, cap: 120 });
	return present(db, viewer, matches.slice(0, limit), concepts, query);
}

export type { Concept };

/**
 * The words that tell most of a text, as the index knows them: they are enough to find what is alike.
 * A text that has only begun tells nothing yet.
 */
export async function tellingWords(db: Db, text: string): Promise<Concept[]> {
	if (text.trim().length < 8) return [];
	const words = [...new Set(wordsOf(text))].slice(0, 200);
	const known = (await lookUp(db, words)).filter(({ terms }) => terms.size > 0);
	return known.sort((a, b) => a.df - b.df).slice(0, 24);
}

/**
 * Questions like the one that is being written, best first.
 * @param telling what it is about, by `tellingWords`: several kinds share one look at the index's words
 */
export async function similarItems(
	db: Db,
	viewer: Viewer,
	telling: Concept[],
	{ kind = 'question', limit = 5 } = {}
): Promise<{ id: string; score: number }[]> {
	if (telling.length === 0) return [];
	const scope = { ...(await scopeOf(db, viewer, parseQuery(''))), kinds: [kind] };
	const matches = await bestMatches(db, viewer, telling, scope, { budget: 8_000, cap: 300 });
	return matches.slice(0, limit).map(({ itemId, score }) => ({ id: itemId, score }));
}

async function find(db: Db, viewer: Viewer, query: Query, bounds: { budget: number; cap: number }) {
	const sought = [...new Set([...query.words, ...query.phrases.flat()])];
	const last = query.unfinished ? query.words.at(-1) : undefined;
	const [scope, concepts] = await Promise.all([scopeOf(db, viewer, query), lookUp(db, sought, last)]);
	const saysNothing = sought.length > 0 && concepts.length === 0 && query.phrases.length === 0;
	const all = saysNothing ? [] : await bestMatches(db, viewer, concepts, scope, bounds);
	const matches = perThread(all).filter(({ share }) => share >= (all.some((m) => m.share > 0.999) ? 0.6 : 0.3));
	return { matches, concepts, spaceIds: query.spaces.length > 0 ? scope.spaceIds : [] };
}

/** An answer and its question are one result: the one that matches best. */
function perThread(matches: Match[]): Match[] {
	const seen = new Set<string>();
	return matches.filter(({ rootId }) => !seen.has(rootId) && seen.add(rootId));
}

async function scopeOf(db: Db, viewer: Viewer, query: Query): Promise<Scope> {
	const spaceIds = query.spaces.length > 0 ? await spacesNamed(db, viewer, query.spaces) : viewer.readableSpaces;
	const marks: string[][] = query.tags.map((tag) => [tagMark(tag)]);
	for (const name of query.authors) marks.push((await peopleNamed(db, viewer, name)).map(authorMark));
	const known = await lookUp(db, [...new Set(marks.flat())]);
	const required = marks.map((names): Concept => {
		const found = known.filter(({ text }) => names.includes(text));
		return {
			...{ text: names.join(' '), words: new Set<string>(), corrected: false },
			terms: new Map(found.flatMap(({ terms }) => [...terms])),
			counts: new Map(found.flatMap(({ counts }) => [...counts])),
			df: Math.max(0, ...found.map(({ df }) => df))
		};
	});
	const excluded = (await lookUp(db, query.not)).filter(({ corrected }) => !corrected);
	const spaced = (words: string[]) => ` ${words.join(' ')} `;
	return {
		...{ spaceIds, required, archived: query.archived },
		kinds: query.kinds.length > 0 ? query.kinds : searchKinds().map(({ kind }) => kind),
		from: query.after ?? -32_768,
		to: query.before === undefined ? 32_767 : query.before - 1,
		excluded: new Set(excluded.flatMap(({ terms }) => [...terms.keys()])),
		phrases: query.phrases.map(spaced),
		notPhrases: query.notPhrases.map(spaced)
	};
}

async function spacesNamed(db: Db, viewer: Viewer, names: string[]): Promise<string[]> {
	const wanted = array(
		names.map((name) => name.toLowerCase()),
		'text'
	);
	const found = await rows<{ id: string }>(
		db,
		sql`select id from space where id = any(${array(viewer.readableSpaces, 'uuid')})
			and (slug = any(${wanted}) or lower(name) = any(${wanted}) or id::text = any(${wanted}))`
	);
	return found.map(({ id }) => id);
}

async function peopleNamed(db: Db, viewer: Viewer, name: string): Promise<string[]> {
	if (name.toLowerCase() === 'me') return [viewer.id];
	const found = await rows<{ id: string }>(
		db,
		sql`select id from person where id::text = lower(${name})
			or unaccent(name) ilike unaccent(${`%${name.replace(/[\\%_]/g, '\\$&')}%`}) limit 20`
	);
	return found.map(({ id }) => id);
}
