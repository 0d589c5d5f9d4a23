import { shinglesOf } from './marks.ts';
import type { Told } from './text.ts';

/** Fewer shared words than about ten say nothing. */
const LEAST_SHARED = 8;
/** Of the shorter text so much must stand in the longer: less where the titles agree, more where it says little. */
const MOST_OF_IT = 0.5;
const WITH_TITLE = 0.4;
const OF_LITTLE = 0.7;
const LITTLE = 80;
const SAME_TITLE = 0.75;
/** One that is so much longer tells the other whole, if it begins alike within so many words. */
const LONGER = 2;
const BEGINNING = 60;
/** In so much more room it stands there, and an aside of so many words. */
const SPREAD = 1.5;
const ASIDE = 40;

/**
 * Whether two posts tell one story, as one text and another made from it: cut off, with a new title, with what sites
 * put around it. Two reports of one event are two. A title alone says nothing.
 * @returns how much of the shorter stands in the longer, 0 where they are two stories
 */
export function sameStory(one: Told, other: Told): number {
	if (isAnswer(one) !== isAnswer(other) || numbersPart(one.title, other.title, 1)) return 0;
	const [short, long] = one.words.length <= other.words.length ? [one, other] : [other, one];
	const [part, whole] = [shinglesOf(short.words), shinglesOf(long.words)];
	const there = new Set(whole);
	const shared = part.filter((shingle) => there.has(shingle));
	if (shared.length < LEAST_SHARED || numbersPart(short.words, long.words, 3)) return 0;
	const share = shared.length / part.length;
	if (share < wanted(short, long)) return 0;
	if (namePart(one, other)) return 0;
	return whole.length > LONGER * part.length && !standsWhole(shared, whole, part.length) ? 0 : share;
}

function wanted(short: Told, long: Told): number {
	if (alike(short.title, long.title) >= SAME_TITLE) return WITH_TITLE;
	return short.words.length < LITTLE ? OF_LITTLE : MOST_OF_IT;
}

/** A shorter text is the beginning of the longer, in one piece; bits of it all over a round-up are not it. */
function standsWhole(shared: number[], whole: number[], length: number): boolean {
	const places = shared.map((shingle) => whole.indexOf(shingle));
	const [first, last] = [Math.min(...places), Math.max(...places)];
	return first < BEGINNING && last - first <= SPREAD * length + ASIDE;
}

/** "Re: …" answers it. */
const isAnswer = ({ title }: Told) => ['re', 'aw', 'sv', 'antw'].includes(title[0] ?? '') && title.length > 1;

/**
 * Numbers of which hardly one is the same: another version, another week, another day's prices.
 * @param least numbers that each must have to be compared
 */
function numbersPart(one: string[], other: string[], least: number): boolean {
	const [a, b] = [one, other].map((words) => new Set(words.filter((word) => /^\p{N}/u.test(word))));
	const fewer = Math.min(a!.size, b!.size);
	if (fewer < least) return false;
	return [...a!].filter((number) => b!.has(number)).length / fewer < (least === 1 ? 1 : 0.4);
}

/** Each names in its title what it speaks of and the other never says: another town, another product. */
function namePart(one: Told, other: Told): boolean {
	const names = (a: Told, b: Told) => {
		const [own, theirs] = [new Set(a.words), new Set([...b.words, ...b.title])];
		return a.title.some((word) => word.length > 2 && own.has(word) && !theirs.has(word));
	};
	return names(one, other) && names(other, one);
}

/** How many words two titles share (Dice). */
function alike(one: string[], other: string[]): number {
	const [a, b] = [new Set(one), new Set(other)];
	const shared = [...a].filter((word) => b.has(word)).length;
	return shared < 3 ? 0 : (2 * shared) / (a.size + b.size);
}
