import search from 'approx-string-match';

/** What a passage is found by: its words, what stands around them, and where they stood. */
export interface Selector {
	exact: string;
	prefix: string;
	suffix: string;
	place: number;
}

export interface Range {
	/** Offsets in the text. */
	start: number;
	end: number;
}

/** Of its letters so many may differ; a text that changed more has another passage there. */
const MOST_ERRORS = 0.25;
/** In a longer text a changed passage is sought near its place only: each letter costs. */
const AROUND = 50_000;
/** Letters of context on each side. */
export const CONTEXT = 32;

/**
 * Finds a passage in a text that may have changed since: as it was where it still is, else what differs from it least.
 * Where its words stand more than once, what stands around them decides.
 */
export function findPassage(text: string, wanted: Selector): Range | undefined {
	const found = exactly(text, wanted.exact);
	const candidates = found.length > 0 ? found : nearly(text, wanted);
	let best: (Range & { score: number }) | undefined;
	for (const one of candidates) {
		const score = scoreOf(text, one, wanted);
		if (!best || score > best.score) best = { start: one.start, end: one.end, score };
	}
	return best && { start: best.start, end: best.end };
}

type Candidate = Range & { errors: number };

function exactly(text: string, exact: string): Candidate[] {
	const found: Candidate[] = [];
	for (let at = text.indexOf(exact); at >= 0 && found.length < 1000; at = text.indexOf(exact, at + 1))
		found.push({ start: at, end: at + exact.length, errors: 0 });
	return found;
}

function nearly(text: string, { exact, place }: Selector): Candidate[] {
	const most = Math.floor(exact.length * MOST_ERRORS);
	if (most === 0) return [];
	const from = text.length > 2 * AROUND ? Math.max(0, place - AROUND) : 0;
	const within = text.length > 2 * AROUND ? text.slice(from, place + AROUND) : text;
	return search(within, exact, most).map(({ start, end, errors }) => ({
		start: start + from,
		end: end + from,
		errors
	}));
}

/** Its own words count most, then its neighbours, and its place where all else is equal. */
function scoreOf(text: string, { start, end, errors }: Candidate, { exact, prefix, suffix, place }: Selector): number {
	const words = 1 - errors / exact.length;
	const before = likeness(text.slice(Math.max(0, start - prefix.length), start), prefix, 'end');
	const after = likeness(text.slice(end, end + suffix.length), suffix, 'start');
	const nearness = 1 - Math.abs(start - place) / Math.max(text.length, 1);
	return (50 * words + 20 * before + 20 * after + 2 * nearness) / 92;
}

/** The share of a context that is the same, from the passage outwards. */
function likeness(found: string, wanted: string, at: 'start' | 'end'): number {
	if (wanted === '') return 1;
	let same = 0;
	const letter = (text: string, index: number) => text.at(at === 'start' ? index : -1 - index);
	while (same < wanted.length && same < found.length && letter(found, same) === letter(wanted, same)) same += 1;
	return same / wanted.length;
}
