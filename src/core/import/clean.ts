/** As long as the house takes a text. */
const MARKDOWN = 100_000;

/** Controls and bidirectional overrides, which the house takes from nobody (src/core/items/input.ts). */
const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/gu; // eslint-disable-line no-control-regex

const clean = (text: string) => text.toWellFormed().replace(hidden, '');

/** A text without hidden characters, its line ends as `\n`, cut where the house ends. */
export function cleanMarkdown(source: string): { text: string; cut: boolean } {
	const text = clean(source).replace(/\r\n?/g, '\n').trimEnd();
	return { text: text.slice(0, MARKDOWN).toWellFormed(), cut: text.length > MARKDOWN };
}

/** One line of text of at most `max` characters. */
export function cleanLine(source: string, max: number): string {
	const line = clean(source).replace(/\s+/g, ' ').trim();
	return line.length > max ? `${line.slice(0, max - 1).trimEnd()}…` : line;
}

/**
 * A tag as the house writes them, or undefined when nothing of it is left.
 * @example cleanTag('.net') // 'net'
 */
export function cleanTag(source: string): string | undefined {
	const tag = clean(source)
		.trim()
		.toLowerCase()
		.replace(/[\s_/]+/g, '-')
		.replace(/[^\p{L}\p{N}.+#-]/gu, '')
		.replace(/^[^\p{L}\p{N}]+/u, '')
		.slice(0, 35);
	return tag || undefined;
}
