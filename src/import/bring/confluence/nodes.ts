import { DomUtils } from 'htmlparser2';
import { isTag, type ChildNode, type Element } from 'domhandler';
import { escapeHtml } from '#src/platform/html.ts';

/** What a text may name, as addresses; nothing where it is not in the export. */
export interface Surroundings {
	page(title: string, space: string | undefined): string | undefined;
	numbered(id: string): string | undefined;
	file(name: string, page: string | undefined): string | undefined;
	person(key: string): string | undefined;
}

/** What boxes are called that have no title of their own. */
export const KINDS: Record<string, string> = { note: 'Note', warning: 'Warning', tip: 'Tip', error: 'Error' };

/** A box that stands out, as a quote with its title. */
export const boxOf = (title: string | undefined, html: string) =>
	`<blockquote>${title ? `<p><strong>${escapeHtml(title)}</strong></p>` : ''}${html}</blockquote>`;

export const webAddress = (address = '') => (/^https?:\/\//i.test(address.trim()) ? address.trim() : undefined);

export const childOf = (node: Element, name: string) =>
	node.children.find((child): child is Element => isTag(child) && child.name === name);

export const wordsOf = (node: ChildNode | undefined) => (node ? DomUtils.textContent(node) : '');
