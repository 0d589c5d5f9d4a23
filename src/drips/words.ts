/** A tip is read in half a minute. */
export const MOST_WORDS = 100;

const segments = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * How many words a reader of a Markdown text reads, in any script; addresses are not read.
 * @example countWords('Hold the [green key](https://tills.example).') // 4
 */
export function countWords(text: string): number {
	const read = text.replace(/\]\([^)\s]*(\s+"[^"]*")?\)/g, ']').replace(/<?https?:\/\/[^\s>]+>?/g, ' ');
	let count = 0;
	for (const { isWordLike } of segments.segment(read)) if (isWordLike) count += 1;
	return count;
}

/** What keeps a tip from being published; nothing when it is fine. */
export function lint(tip: { title: string; body: string }): string[] {
	const words = countWords(tip.body);
	return [
		...(tip.title.trim() ? [] : ['It has no title.']),
		...(tip.body.trim() ? [] : ['It says nothing yet.']),
		...(words > MOST_WORDS ? [`It has ${words} words: ${MOST_WORDS} are the most.`] : [])
	];
}
