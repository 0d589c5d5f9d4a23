/** How text becomes words: the same for what is written and for what is sought. */

/** A word of a text: as it is compared, and where it stands. */
export interface Token {
	word: string;
	start: number;
	end: number;
}

const LONGEST = 40;
const cjk = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const token =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’]\p{L}+)?(?:\+\+|#(?![\p{L}\p{N}]))?/gu;

/** Letters that Unicode does not take apart (UAX #15) but people type as plain ones. */
const plain: Record<string, string> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** A word without case, accents and apostrophes: "Café’s" is "cafe". */
export function fold(word: string): string {
	// Most words need no more than that, and all text goes through here.
	if (/^[a-z0-9]+$/i.test(word)) return word.toLowerCase();
	return word
		.normalize('NFKD')
		.toLowerCase()
		.replace(/\p{M}/gu, '')
		.replace(/['’]s$/, '')
		.replace(/['’]/g, '')
		.replace(/[ßøæœłđðþı]/g, (letter) => plain[letter] ?? letter);
}

/** The words of a text in order; scripts written without blanks give each pair of signs. */
export function* tokens(text: string): Generator<Token> {
	for (const match of text.matchAll(token)) {
		const start = match.index;
		const found = match[0];
		if (cjk.test(found)) yield* pairs(found, start);
		else {
			const word = fold(found).slice(0, LONGEST).toWellFormed();
			if (word) yield { word, start, end: start + found.length };
		}
	}
}

function* pairs(run: string, start: number): Generator<Token> {
	const signs = [...run];
	let at = start;
	for (const [index, sign] of signs.entries()) {
		const next = signs[index + 1];
		if (next ?? index === 0)
			yield { word: sign + (next ?? ''), start: at, end: at + sign.length + (next?.length ?? 0) };
		at += sign.length;
	}
}

/** Just the words. */
export function wordsOf(text: string): string[] {
	return [...tokens(text)].map(({ word }) => word);
}
