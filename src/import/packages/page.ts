import { DomUtils, parseDocument } from 'htmlparser2';
import { Element, Text, type AnyNode } from 'domhandler';
import { basename } from 'node:path/posix';
import { cleanLine } from '#src/core/import/clean.ts';
import { Refused } from '../bring/archive.ts';

const { filter, getElementsByTagName, getInnerHTML, removeElement, replaceElement, textContent } = DomUtils;

export interface PackagePage {
	title: string;
	html: string;
	/** Whether it asks something that its scripts would judge. */
	asks: boolean;
}

/** What only a browser runs, or a hand presses. */
const GONE = new Set(
	'script style noscript noframes template nav button select textarea input svg canvas map object applet param head'.split(
		' '
	)
);
const PLAYED = new Set(['video', 'audio', 'embed', 'iframe', 'source']);
/** A page of scripts with fewer words of its own is the frame that they fill. */
const FEW_WORDS = 12;

/**
 * The words and pictures of a page without its scripts; what it plays becomes links.
 * @throws Refused for a page that shows nothing before its scripts have run
 */
export function readPage(html: string): PackagePage {
	const document = parseDocument(html);
	const told = textOf(getElementsByTagName('title', document)[0]);
	const all = filter((node): node is Element => node instanceof Element, document) as Element[];
	const scripts = all.some(({ name }) => /^(script|frameset|applet|object|embed)$/.test(name));
	const asks = all.some(({ name, attribs }) => name === 'input' && /^(radio|checkbox)$/i.test(attribs.type ?? ''));
	for (const element of all) {
		if (PLAYED.has(element.name)) playedAsLink(element);
		else if (element.name === 'object' && element.attribs.data) playedAsLink(element);
		else if (GONE.has(element.name) || isHidden(element)) removeElement(element);
	}
	const [first] = ['h1', 'h2']
		.flatMap((tag) => getElementsByTagName(tag, document))
		.filter((heading) => textOf(heading));
	const title = textOf(first) || told;
	const [image] = getElementsByTagName('img', document);
	const words = textContent(document).trim().split(/\s+/).filter(Boolean).length;
	if (words === 0 && !image) throw new Refused(scripts ? SCRIPTED : 'it has no text');
	if (scripts && words < FEW_WORDS && !image) throw new Refused(SCRIPTED);
	if (first && textOf(first) === title && first.name === 'h1') removeElement(first);
	const body = getElementsByTagName('body', document)[0];
	return { title, html: getInnerHTML(body ?? (document as unknown as Element)), asks };
}

const SCRIPTED = 'it shows nothing without its scripts, and these are never run';

const textOf = (node: AnyNode | undefined): string => (node ? cleanLine(textContent(node), 200) : '');

const isHidden = ({ attribs }: Element) =>
	'hidden' in attribs || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribs.style ?? '');

/** Film, sound and what is framed from elsewhere: a link with its name. */
function playedAsLink(element: Element): void {
	const address = (element.attribs.src ?? element.attribs.data ?? '').trim();
	const inside = element.children.find(
		(child): child is Element => child instanceof Element && child.name === 'source'
	);
	if (!address || /^(about|javascript|data):/i.test(address)) {
		if (inside)
			return void element.children.filter((child) => child !== inside).forEach((child) => removeElement(child));
		return removeElement(element);
	}
	const name = element.attribs.title || decodedName(address);
	const link = new Element('a', { href: address }, [new Text(name)]);
	const paragraph = new Element('p', {}, [link]);
	link.parent = paragraph;
	replaceElement(element, paragraph);
}

const decodedName = (address: string) => {
	const name = basename(address.replace(/[?#].*$/, '')) || address;
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
};
