import { tokens } from './words.ts';

/** A piece of text; marked where it is what was sought. Pieces, not HTML: the page shows them as text. */
export interface Piece {
	text: string;
	mark: boolean;
}

/** Parts a text at the words that were sought. @param isSought by folded word */
export function markWords(text: string, isSought: (word: string) => boolean): Piece[] {
	const pieces: Piece[] = [];
	let from = 0;
	for (const { word, start, end } of tokens(text)) {
		if (start < from || !isSought(word)) continue;
		if (start > from) pieces.push({ text: text.slice(from, start), mark: false });
		pieces.push({ text: text.slice(start, end), mark: true });
		from = end;
	}
	if (from < text.length) pieces.push({ text: text.slice(from), mark: false });
	return pieces;
}

/** The stretch of a long text in which most of what was sought stands, marked. */
export function passage(text: string, isSought: (word: string) => boolean, length = 220): Piece[] {
	const hits = [...tokens(text.slice(0, 20_000))].filter(({ word }) => isSought(word));
	let best = 0;
	let most = 0;
	for (const [index, { start }] of hits.entries()) {
		const within = new Set<string>();
		for (let next = index; next < hits.length && hits[next]!.end < start + length; next++) within.add(hits[next]!.word);
		if (within.size > most) [best, most] = [start, within.size];
	}
	let from = Math.max(0, best - 40);
	if (from > 0) from = text.indexOf(' ', from) + 1 || from;
	let to = Math.min(text.length, from + length);
	if (to < text.length) to = Math.max(text.lastIndexOf(' ', to), from + 40);
	const shown = `${from > 0 ? '… ' : ''}${text.slice(from, to).toWellFormed()}${to < text.length ? ' …' : ''}`;
	return markWords(shown, isSought);
}
