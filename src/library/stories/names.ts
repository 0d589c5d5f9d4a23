/** What may name a person or a client in a text, and what can stand in its place. */
export interface FoundName {
	/** As it is written. */
	text: string;
	kind: 'person' | 'organisation' | 'address' | 'number' | 'name';
	/** The words around the first place where it stands. */
	context: string;
	/** What could stand there instead, the likeliest first. */
	instead: string[];
}

const INSTEAD: Record<FoundName['kind'], string[]> = {
	person: ['a colleague', 'the client', 'somebody'],
	organisation: ['the client', 'a supplier', 'a company'],
	address: ['an address'],
	number: ['a number'],
	name: ['the client', 'a colleague', 'a place', 'a product']
};

const WORD = String.raw`\p{Lu}[\p{L}\p{M}'’-]{1,40}`;
const LEGAL = 'Inc|Ltd|LLC|LLP|PLC|GmbH|AG|KG|SE|SA|SARL|BV|B\\.V\\.|NV|N\\.V\\.|Oy|AB|ApS|A/S|S\\.p\\.A\\.|Co';
const TITLE = 'Mr|Mrs|Ms|Mx|Dr|Prof|Herr|Frau|Mme|Sr|Sra';
const patterns: { kind: FoundName['kind']; pattern: RegExp }[] = [
	{ kind: 'address', pattern: /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,250}\.\p{L}{2,20}/gu },
	{ kind: 'number', pattern: /(?<![\d+])\+?\d[\d ()/-]{6,30}\d(?!\d)/gu },
	{
		kind: 'organisation',
		pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${WORD} (?:& )?){1,4}(?:${LEGAL})(?![\\p{L}])\\.?`, 'gu')
	},
	{ kind: 'person', pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${TITLE})\\.? ${WORD}(?: ${WORD})?`, 'gu') }
];

/** Words that are capitals for another reason than naming somebody, most often as the first of a sentence. */
const COMMON = new Set(
	`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
	september october november december english german french spanish dutch christmas easter
	the a an this that these those on in at by for from with without after before when while then and but or so if as
	we i you he she it they our my your his her its their there here yesterday today tomorrow last next once one two
	der die das ein eine im am vom beim wir ich er sie es und aber als wenn dann gestern heute morgen nach vor`.split(/\s+/)
);
const JOINING = new Set(['van', 'von', 'de', 'der', 'den', 'di', 'da', 'le', 'la', 'of']);

interface Word {
	text: string;
	from: number;
	to: number;
	capital: boolean;
	/** Whether it stands first in a sentence, a line or a quotation. */
	opens: boolean;
}

type Take = (from: number, found: string, kind: FoundName['kind']) => void;

/**
 * Finds what may name somebody: addresses, numbers, firms by their legal form, people by their title, known people,
 * runs of capitalised words, and single ones within a sentence. In languages that capitalise every noun the last
 * are left out, since they would be most of the text. A help for the author, who decides each; it is no promise
 * that nothing was missed.
 * @param known names of people who are here
 * @returns each name once, in the order of the text
 */
export function findNames(text: string, known: readonly string[] = []): FoundName[] {
	const plain = text.replace(/`[^`\n]*`|\]\([^)\n]*\)/g, (code) => ' '.repeat(code.length));
	const taken: { from: number; to: number; text: string; kind: FoundName['kind'] }[] = [];
	const held = new Uint8Array(plain.length);
	const take: Take = (from, found, kind) => {
		const to = from + found.length;
		if (held.subarray(from, to).includes(1)) return;
		held.fill(1, from, to);
		taken.push({ from, to, text: found, kind });
	};
	for (const name of known) {
		for (const match of plain.matchAll(new RegExp(wordsPattern(name), 'gu'))) take(match.index, match[0], 'person');
	}
	for (const { kind, pattern } of patterns) {
		for (const match of plain.matchAll(pattern)) take(match.index, match[0], kind);
	}
	takeCapitals(plain, take);
	return once(taken.sort((a, b) => a.from - b.from)).map(({ text: name, kind, from, to }) => ({
		...{ text: name, kind, instead: INSTEAD[kind] },
		context: plain
			.slice(Math.max(0, from - 40), to + 40)
			.replace(/\s+/g, ' ')
			.trim()
	}));
}

/** Runs of capitalised words, and single ones within a sentence. */
function takeCapitals(text: string, take: Take): void {
	const words = wordsOf(text);
	const nouns = capitalisesNouns(words);
	for (let start = 0; start < words.length; start += 1) {
		if (!mayName(words[start]!)) continue;
		const end = endOfRun(text, words, start, nouns);
		const alone = end === start;
		const opener = words[start]!.opens;
		// A sentence begins with a capital whatever it says; nouns in some languages have one too.
		const told = alone ? !opener && !nouns : !(nouns && (opener || end - start > 1));
		if (told) take(words[start]!.from, text.slice(words[start]!.from, words[end]!.to), 'name');
		start = end;
	}
}

const mayName = ({ text, capital }: Word) =>
	capital && text.length > 2 && text !== text.toUpperCase() && !COMMON.has(text.toLowerCase());

/** The last word of a run such as "Ludwig van Beek"; five words at most. */
function endOfRun(text: string, words: Word[], start: number, nouns: boolean): number {
	let end = start;
	for (let next = start + 1; next < words.length && next - start < 5; next += 1) {
		if (text.slice(words[next - 1]!.to, words[next]!.from) !== ' ') break;
		if (mayName(words[next]!)) end = next;
		else if (nouns || !JOINING.has(words[next]!.text)) break;
	}
	return end;
}

function wordsOf(text: string): Word[] {
	const words: Word[] = [];
	let before = 0;
	for (const match of text.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu)) {
		const [found] = match;
		const between = text.slice(before, match.index);
		const opens = words.length === 0 || /[.!?:…\n>*#"“]/u.test(between);
		before = match.index + found.length;
		words.push({ text: found, from: match.index, to: before, capital: /^\p{Lu}/u.test(found), opens });
	}
	return words;
}

/** Where more than an eighth of the words within sentences are capitals, nouns are. */
function capitalisesNouns(words: Word[]): boolean {
	const within = words.filter(({ opens }) => !opens);
	return words.length >= 20 && within.filter(({ capital }) => capital).length / words.length > 1 / 8;
}

function once<T extends { text: string }>(found: T[]): T[] {
	return [...new Map(found.toReversed().map((one) => [one.text, one])).values()].reverse();
}

const wordsPattern = (name: string) => `(?<![\\p{L}\\p{N}])${RegExp.escape(name)}(?![\\p{L}\\p{N}])`;
const opensSentence = (text: string, index: number) =>
	index === 0 || /[.!?:…\n>*#"“]\s*$/u.test(text.slice(Math.max(0, index - 20), index));

/**
 * Puts what the author chose in place of each name; at the start of a sentence with a capital.
 * @param masks by the name as it is written; `keep` leaves it
 */
export function maskNames(text: string, masks: Record<string, string>): string {
	const longestFirst = Object.entries(masks).sort(([a], [b]) => b.length - a.length);
	let masked = text;
	for (const [name, instead] of longestFirst) {
		if (instead === 'keep' || name === '') continue;
		masked = masked.replace(new RegExp(wordsPattern(name), 'gu'), (_, index: number, whole: string) =>
			opensSentence(whole, index) ? instead.charAt(0).toUpperCase() + instead.slice(1) : instead
		);
	}
	return masked;
}
