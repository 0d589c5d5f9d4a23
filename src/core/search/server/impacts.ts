import { breathless } from '#src/platform/server/breath.ts';
import { worthOf, type Source, type Texts } from './sources.ts';
import { impactOf, packVector } from './vector.ts';

/** An entry of the index as it is to be stored. */
export interface Entry {
	source: Source;
	/** All its terms with their impacts. */
	vector: Buffer;
	/** Those it can be found by. */
	found: Posting[];
	/** The words that are counted, and searched for phrases. */
	words: string[];
}

type Posting = [term: number, impact: number];

/** What a part is long on average, in words: 2 KB. */
const PART_WORDS = 330;
/** A term leads to no more parts of an item than this: those it says most about. */
const BEST_PARTS = 4;

/** @param average the length of an item on average, in words */
export function itemEntry(source: Source, texts: Texts, terms: Map<string, number>, average: number): Entry {
	const { title, body, tags, marks, all } = texts;
	const frequency = frequencies(terms, [body, 1], [title, 2.5], [tags, 1.5], [marks, 1]);
	const length = (title.length + body.length) / average;
	const found = impactsOf(frequency, length, worthOf(source));
	return { source, vector: packVector(found), found, words: all };
}

/**
 * The entries of one item's parts, one after the other. A part is found by its own words alone, but scored with its item's title; and
 * a word leads to the few parts it says most about, so that a long document does not push others aside.
 */
export async function partEntries(
	parts: { source: Source; texts: Texts }[],
	terms: Map<string, number>,
	breath = breathless
): Promise<Entry[]> {
	const best = new Map<number, { posting: Posting; part: number }[]>();
	const entries: Entry[] = [];
	for (const [part, { source, texts }] of parts.entries()) {
		const { title, body, tags, marks } = texts;
		const frequency = frequencies(terms, [body, 1], [title, 1], [tags, 1]);
		const text = impactsOf(frequency, body.length / PART_WORDS, worthOf(source));
		const own = new Set(body.map((word) => terms.get(word)));
		for (const posting of text) if (own.has(posting[0])) keepBest(best, posting, part);
		// Its item's tags and author stand last among theirs: asked for by these alone, the item itself comes first.
		const found = [...new Set(marks)].flatMap((mark): Posting[] => (terms.get(mark) ? [[terms.get(mark)!, 1]] : []));
		const vector = [...text, ...found];
		entries.push({ source, vector: packVector(vector), found, words: [...body, ...marks] });
		await breath();
	}
	for (const kept of best.values()) for (const { posting, part } of kept) entries[part]!.found.push(posting);
	return entries;
}

function keepBest(best: Map<number, { posting: Posting; part: number }[]>, posting: Posting, part: number): void {
	const kept = best.get(posting[0]);
	if (!kept) best.set(posting[0], [{ posting, part }]);
	else if (kept.length < BEST_PARTS) kept.push({ posting, part });
	else {
		const least = kept.reduce((low, each) => (each.posting[1] < low.posting[1] ? each : low));
		if (posting[1] > least.posting[1]) Object.assign(least, { posting, part });
	}
}

function frequencies(terms: Map<string, number>, ...fields: [words: string[], weight: number][]): Map<number, number> {
	const frequency = new Map<number, number>();
	for (const [words, weight] of fields) {
		for (const word of words) {
			const term = terms.get(word) ?? 0;
			if (term > 0) frequency.set(term, (frequency.get(term) ?? 0) + weight);
		}
	}
	return frequency;
}

function impactsOf(frequency: Map<number, number>, length: number, worth: number): Posting[] {
	return [...frequency].map(([term, times]) => [term, impactOf(times, length, worth)]);
}
