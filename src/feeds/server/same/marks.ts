/** Words that follow each other in a shingle. */
const WIDTH = 3;
/** Shingles of which the smallest is a mark: two texts that share so many in a row share a mark. */
const WINDOW = 8;
/** Where a text begins is where those who shorten it leave it alone. */
const OPENING = 160;
const MOST_OF_OPENING = 24;
const MOST_OF_ALL = 8;

/** Each three words in a row as a number (32 bits), in their order. */
export function shinglesOf(words: string[]): number[] {
	const numbers = words.map(numberOf);
	return numbers.slice(WIDTH - 1).map((last, at) => mix(mix(numbers[at]!, numbers[at + 1]!), last));
}

/**
 * What a text is found by: the smallest shingle of each stretch of its opening, so that a part of it has the same
 * wherever it begins, and the smallest of all of it. At most 32, however long it is.
 */
export function marksOf(shingles: number[]): number[] {
	const opening = shingles.slice(0, OPENING);
	const marks = new Set<number>();
	for (let at = 0; at === 0 || at + WINDOW <= opening.length; at += 1) {
		const stretch = opening.slice(at, at + WINDOW);
		if (stretch.length > 0 && marks.size < MOST_OF_OPENING) marks.add(Math.min(...stretch));
	}
	const smallest = [...new Set(shingles)].sort((a, b) => a - b).slice(0, MOST_OF_ALL);
	return [...new Set([...marks, ...smallest])];
}

function numberOf(word: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
	return hash | 0;
}

/** Two numbers as one, their bits spread. */
function mix(a: number, b: number): number {
	let hash = Math.imul(a, 31) + b;
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) | 0;
}
