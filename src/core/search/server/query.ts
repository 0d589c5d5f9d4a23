import { kindNamed } from './kinds.ts';
import { wordsOf } from './words.ts';

/** What somebody typed, taken apart. Anything can be typed: what is not understood counts as words. */
export interface Query {
	words: string[];
	/** The last word may be unfinished: nothing follows it. */
	unfinished: boolean;
	phrases: string[][];
	not: string[];
	notPhrases: string[][];
	kinds: string[];
	spaces: string[];
	tags: string[];
	authors: string[];
	after?: number;
	before?: number;
	archived: boolean;
}

/** Filters as form fields; they are added to those that were typed. */
export interface Fields {
	kind?: string;
	space?: string;
	tag?: string;
	author?: string;
	after?: string;
	before?: string;
	archived?: boolean;
}

const LONGEST = 2000;
const MOST_WORDS = 32;
const part = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|([^\s"]+))/giu;

/**
 * Takes a query apart.
 * @example parseQuery('till "green key" -receipt tag:pos author:me after:2026-01-01')
 */
export function parseQuery(text: string, fields: Fields = {}): Query {
	const query: Query = {
		...{ words: [], unfinished: false, phrases: [], not: [], notPhrases: [], archived: fields.archived ?? false },
		...{ kinds: [], spaces: [], tags: [], authors: [] }
	};
	const typed = text.slice(0, LONGEST).toWellFormed().replaceAll('\0', ' ');
	for (const [whole, minus, key, quoted, bare] of typed.matchAll(part)) {
		const value = (quoted ?? bare ?? '').trim();
		if (key && value && !minus && filter(query, key.toLowerCase(), value)) continue;
		if (!key && !minus && /^#[\p{L}\p{N}]/u.test(value)) {
			query.tags.push(value.slice(1).toLowerCase());
			continue;
		}
		const words = wordsOf(key ? `${key} ${value}` : (quoted ?? whole));
		if (words.length === 0) continue;
		if (quoted !== undefined && !key) (minus ? query.notPhrases : query.phrases).push(words);
		else (minus ? query.not : query.words).push(...words);
		query.unfinished = quoted === undefined && !minus;
	}
	if (/[\s"]$/u.test(typed)) query.unfinished = false;
	for (const [key, value] of Object.entries(fields)) if (typeof value === 'string' && value) filter(query, key, value);
	query.words = [...new Set(query.words)].slice(0, MOST_WORDS);
	query.not = query.not.slice(0, MOST_WORDS);
	query.phrases = query.phrases.slice(0, 8);
	return query;
}

function filter(query: Query, key: string, value: string): boolean {
	if (key === 'kind') {
		const kind = kindNamed(value);
		if (kind) query.kinds.push(kind.kind);
		return Boolean(kind);
	}
	if (key === 'space') query.spaces.push(value);
	else if (key === 'tag') query.tags.push(value.replace(/^#/, '').toLowerCase());
	else if (key === 'author') query.authors.push(value.replace(/^@/, ''));
	else if (key === 'after' || key === 'before') {
		const day = dayOf(value);
		if (day === undefined) return false;
		query[key] = day;
	} else return false;
	return true;
}

/** Days since 1970 of 2026, 2026-03 or 2026-03-01. */
function dayOf(value: string): number | undefined {
	if (!/^\d{4}(-\d{2}){0,2}$/.test(value)) return undefined;
	const time = Date.parse(value);
	return Number.isNaN(time) ? undefined : Math.max(-32_768, Math.min(32_767, Math.floor(time / 86_400_000)));
}

/** Whether it asks for anything at all. */
export function isEmpty(query: Query): boolean {
	const { words, phrases, kinds, spaces, tags, authors, after, before } = query;
	return [words, phrases, kinds, spaces, tags, authors].every((list) => list.length === 0) && !after && !before;
}
