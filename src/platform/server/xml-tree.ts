import { Unreadable } from './unreadable.ts';
import { readXmlPieces } from './xml.ts';

/** An element with all it holds: what a file names one by one is small enough for that, the file is not. */
export interface Element {
	name: string;
	attributes: Record<string, string>;
	children: (Element | string)[];
	line: number;
}

/** Characters of one element, with the pictures that may stand in it. */
const MOST = 24 * 1024 ** 2;

/**
 * The elements of a kind as a file goes by, each when it has ended: never more than one is held.
 * @param wanted whether an element is one of them; what stands outside of them is passed over
 * @param rename how names are told; names come without their prefix
 * @throws Unreadable where the file breaks; what came before it has been given already
 */
export async function* elementsIn(
	content: AsyncIterable<Buffer>,
	wanted: (name: string) => boolean,
	rename: (name: string) => string = (name) => name
): AsyncGenerator<Element> {
	let ready: Element[] = [];
	const open: Element[] = [];
	let size = 0;
	const pieces = readXmlPieces(
		content,
		{
			open(raw, _attribute, given, line) {
				const name = rename(raw);
				if (open.length === 0 && !wanted(name)) return;
				if (open.length === 0) size = 0;
				const attributes = Object.fromEntries(
					Object.entries(given).map(([key, value]) => [rename(key.slice(key.indexOf(':') + 1)), value])
				);
				const element: Element = { name, attributes, children: [], line };
				open.at(-1)?.children.push(element);
				open.push(element);
			},
			text(text) {
				const parent = open.at(-1);
				if (!parent) return;
				if ((size += text.length) > MOST)
					throw new Unreadable(`What begins in line ${open[0]!.line} is larger than anything that can be read here.`);
				parent.children.push(text);
			},
			close() {
				const element = open.pop();
				if (element && open.length === 0) ready.push(element);
			}
		},
		{ lines: true }
	);
	for await (const pause of pieces) {
		void pause;
		const now = ready;
		ready = [];
		yield* now;
	}
}

export const isElement = (node: Element | string): node is Element => typeof node !== 'string';
export const childrenOf = (parent: Element, ...names: string[]): Element[] =>
	parent.children.filter(isElement).filter(({ name }) => names.includes(name));
export const child = (parent: Element | undefined, name: string): Element | undefined =>
	parent?.children.find((node): node is Element => isElement(node) && node.name === name);

/** All elements of these names, at any depth, in the order of the file. */
export function descendants(parent: Element, ...names: string[]): Element[] {
	return parent.children
		.filter(isElement)
		.flatMap((each) => [...(names.includes(each.name) ? [each] : []), ...descendants(each, ...names)]);
}

/** The words of an element and of all it holds. */
export function textOf(element: Element | undefined): string {
	if (!element) return '';
	return element.children.map((node) => (isElement(node) ? textOf(node) : node)).join('');
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as XML and HTML hold it, also within an attribute. */
export const escapeXml = (text: string): string =>
	// eslint-disable-next-line no-control-regex -- XML 1.0 has no sign for them
	text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (sign) => SIGNS[sign]!);
