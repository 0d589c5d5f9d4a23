import { meaningOf, parseMarkdown } from './parse.ts';
import { serializeMarkdown } from './serialize.ts';

export { parseMarkdown, serializeMarkdown };

/** Whether the rich editor can hold a text so that nothing of what it means is lost. */
export function canHold(source: string): boolean {
	return meaningOf(source) === meaningOf(serializeMarkdown(parseMarkdown(source)));
}
