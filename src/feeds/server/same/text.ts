import { Parser } from 'htmlparser2';
import type { Post } from '../reading/post.ts';

/** What a post tells, as it is compared with others. */
export interface Told {
	/** Words of its title. */
	title: string[];
	/** Words of its text: what it quotes and what its feed says in all its posts left out. */
	words: string[];
}

/** Of a longer text the beginning is compared. */
const MOST_WORDS = 1200;
/** A sentence that so many posts of one feed hold is no part of a story. */
const COMMON = 3;
/** So many posts are enough to know what a feed always says. */
export const LOOKED_THROUGH = 60;
const BLOCKS = new Set('p br hr li h2 h3 h4 h5 h6 pre tr div dt dd figcaption caption table ul ol dl'.split(' '));

/** What each post tells, without what its feed repeats. */
export function toldBy(posts: Pick<Post, 'title' | 'html'>[], beside: Pick<Post, 'title' | 'html'>[] = []): Told[] {
	const sentences = posts.map(({ html }) => sentencesOf(html));
	const others = beside.slice(0, LOOKED_THROUGH).map(({ html }) => sentencesOf(html));
	const common = commonIn([...sentences, ...others]);
	return posts.map(({ title }, at) => ({
		title: wordsOf(title),
		words: sentences[at]!.filter((sentence) => !common.has(sentence))
			.flatMap(wordsOf)
			.slice(0, MOST_WORDS)
	}));
}

function commonIn(all: string[][]): Set<string> {
	const times = new Map<string, number>();
	for (const sentences of all)
		for (const sentence of new Set(sentences)) times.set(sentence, (times.get(sentence) ?? 0) + 1);
	return new Set([...times].filter(([, count]) => count >= COMMON).map(([sentence]) => sentence));
}

/** The sentences of sanitised HTML, in their order, as far as they are compared. What it quotes is somebody else's. */
function sentencesOf(html: string): string[] {
	let text = '';
	let quoted = 0;
	const parser = new Parser({
		onopentag(name) {
			if (name === 'blockquote') quoted += 1;
			if (BLOCKS.has(name)) text += '\n';
		},
		ontext(said) {
			if (quoted === 0) text += said;
		},
		onclosetag(name) {
			if (name === 'blockquote') quoted -= 1;
			if (BLOCKS.has(name) || name === 'blockquote') text += '\n';
		}
	});
	parser.end(html.slice(0, 40 * MOST_WORDS));
	return text
		.split(/\n+|(?<=[.!?…])\s+/)
		.map((sentence) => sentence.replace(/\s+/g, ' ').trim())
		.filter((sentence) => sentence && !sentence.startsWith('>'));
}

/** Scripts that set no spaces are compared letter by letter. */
const WORD =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|\p{N}+(?:[.,:/-]\p{N}+)*|\p{L}[\p{L}\p{M}\p{N}'’]*/gu;

/** Words in one spelling: without case, accents and the differences between countries. */
export const wordsOf = (text: string): string[] => (text.match(WORD) ?? []).map(sameSpelling);

/** Both sides are folded alike, so that what it makes of a word need not be one. */
const FOLDS: [RegExp, string][] = [
	[/ß/g, 'ss'],
	[/[äæ]/g, 'ae'],
	[/[öøœ]/g, 'oe'],
	[/ü/g, 'ue'],
	[/['’]s?$|['’]/g, ''],
	[/ae|oe/g, 'e'],
	[/ue/g, 'u'],
	[/our/g, 'or'],
	[/([iy])s(e|ed|es|er|ers|ing|ation|ations)$/, '$1z$2'],
	[/([bct])re(s?)$/, '$1er$2'],
	[/ogue(s?)$/, 'og$1'],
	[/enc(e|es)$/, 'ens$1'],
	[/ll/g, 'l'],
	[/grey/, 'gray'],
	[/yy$/, 'y']
];

function sameSpelling(word: string): string {
	const lower = word.toLowerCase().normalize('NFC');
	if (/^[a-z]{1,3}$|^\p{N}/u.test(lower)) return lower;
	const folded = FOLDS.reduce((text, [from, to]) => text.replace(from, to), lower);
	return folded.normalize('NFD').replace(/\p{M}/gu, '');
}
