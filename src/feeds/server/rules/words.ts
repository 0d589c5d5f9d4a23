import type { Place } from '../../rule.ts';

/** Scripts that set no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
/** Of a longer text the beginning is looked through. */
const MOST = 200_000;

/** What a rule looks for. */
export interface Sought {
	id: string;
	words: string[];
	place: Place;
}

/** What an entry says. */
export interface Said {
	id: string;
	title: string;
	/** Sanitised. */
	html: string;
}

/** Which rules find their words in which entries. */
export function findWords(rules: Sought[], entries: Said[]): { ruleId: string; ownId: string }[] {
	const needles = rules.map(({ words }) => words.map(needleOf).filter(Boolean));
	return entries.flatMap(({ id: ownId, title, html }) => {
		const inTitle = plainWords(title);
		const anywhere = `${inTitle}${plainWords(textOf(html))}`;
		return rules.flatMap(({ id: ruleId, place }, at) => {
			const within = place === 'title' ? inTitle : anywhere;
			return needles[at]!.some((needle) => within.includes(needle)) ? [{ ruleId, ownId }] : [];
		});
	});
}

/** Words without case, accents and what stands between them, each with a space before and after. */
function plainWords(text: string): string {
	const plain = text
		.normalize('NFKC')
		.toLowerCase()
		.replaceAll('ß', 'ss')
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.normalize('NFC');
	return ` ${plain.replace(/[^\p{L}\p{N}\p{M}+#]+/gu, ' ').trim()} `;
}

/**
 * What is looked for: whole words in a row. A star at the end takes words that begin so, and scripts without spaces
 * are found anywhere.
 * @returns an empty text for what holds no word
 */
export function needleOf(term: string): string {
	const words = plainWords(term);
	if (!words.trim()) return '';
	if (UNSPACED.test(words)) return words.trim();
	return term.trimEnd().endsWith('*') ? words.trimEnd() : words;
}

/** The sanitiser leaves these four entities. */
const textOf = (html: string) =>
	html
		.slice(0, MOST)
		.replace(/<[^>]*>/g, ' ')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&');
