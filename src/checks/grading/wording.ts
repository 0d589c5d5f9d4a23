import { RE2JS } from 're2js';
import type { Accepted, Wording } from '../question.ts';

/** Steps of a compiled pattern: its time is at most this times the length of an answer. */
const MOST_STEPS = 1000;
const kept = new Map<string, RE2JS | null>();

/** What is wrong with a pattern, for its author; undefined where it can be used. */
export function patternFlaw(text: string): string | undefined {
	try {
		return RE2JS.compile(text).programSize() > MOST_STEPS ? 'is too large a pattern' : undefined;
	} catch (error) {
		return `is not a pattern: ${error instanceof Error ? error.message : 'it cannot be read'}`;
	}
}

/** The accepted answer that a text comes up to, the one with the largest share first. */
export function acceptedBy({ accepted, exactCase }: Wording, typed: string): Accepted | undefined {
	const text = spelled(typed);
	if (!text) return undefined;
	return [...accepted]
		.sort((one, other) => other.share - one.share)
		.find((each) =>
			each.match === 'pattern'
				? fits(each.text, text, exactCase)
				: likeWords(folded(spelled(each.text), exactCase), folded(text, exactCase))
		);
}

/** One spelling for what looks the same: Unicode forms, quotes, dashes, spaces. */
export const spelled = (text: string): string =>
	text
		.normalize('NFKC')
		.replace(/[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff]/gu, '')
		.replace(/[\u2018\u2019\u201a\u201b\u02bc]/gu, "'")
		.replace(/[\u201c-\u201f\u00ab\u00bb]/gu, '"')
		.replace(/[\u2010-\u2015\u2212]/gu, '-')
		.replace(/\s+/gu, ' ')
		.trim();

/** Upper case first: ß and SS, σ and ς are then the same. */
const folded = (text: string, exactCase: boolean) => (exactCase ? text : text.toUpperCase().toLowerCase());

/** A regular expression over the whole text, in time that grows with its length alone. */
function fits(pattern: string, text: string, exactCase: boolean): boolean {
	return compiled(pattern, exactCase)?.matcher(text).matches() ?? false;
}

function compiled(pattern: string, exactCase: boolean): RE2JS | null {
	const name = `${exactCase} ${pattern}`;
	const known = kept.get(name);
	if (known !== undefined) return known;
	if (kept.size >= 500) kept.clear();
	const made = patternFlaw(pattern) ? null : RE2JS.compile(pattern, exactCase ? 0 : RE2JS.CASE_INSENSITIVE);
	kept.set(name, made);
	return made;
}

/** Whether a text has the words, where `*` stands for anything and `\*` for the star itself. */
function likeWords(words: string, text: string): boolean {
	const pieces = words.split(/(?<!\\)\*/u).map((piece) => piece.replaceAll('\\*', '*'));
	const [first = '', ...others] = pieces;
	const last = others.pop();
	if (last === undefined) return text === first;
	if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
	const middle = text.slice(first.length, text.length - last.length);
	let from = 0;
	for (const piece of others) {
		const at = middle.indexOf(piece, from);
		if (at < 0) return false;
		from = at + piece.length;
	}
	return true;
}
