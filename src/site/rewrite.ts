import { DomUtils, parseDocument } from 'htmlparser2';
import { escapeHtml } from '#src/platform/html.ts';

type Document = ReturnType<typeof parseDocument>;
type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

/** Says where an address of Trellis leads within the site; undefined where it leads out of it. */
export type Lead = (address: string) => string | undefined;

/** What no page of a site holds, however it came into a text. */
const REFUSED = new Set(['script', 'style', 'iframe', 'object', 'embed', 'form', 'base', 'meta', 'link']);

/**
 * Makes a text of Trellis one of the site: links and images lead within it, and what leads
 * nowhere any more, as people and tags do, keeps its words.
 */
export function rewriteHtml(html: string, lead: Lead): string {
	const document = parseDocument(html);
	const anchors = new Set(elementsOf(document).map(({ attribs }) => attribs.id));
	for (const element of elementsOf(document)) {
		if (REFUSED.has(element.name)) DomUtils.removeElement(element);
		else if (element.name === 'a') rewriteLink(element, anchors, lead);
		else if (element.name === 'img') rewriteImage(element, lead);
		for (const name of Object.keys(element.attribs)) if (/^on/i.test(name)) delete element.attribs[name];
	}
	return DomUtils.getInnerHTML(document);
}

const elementsOf = (document: Document) => DomUtils.getElementsByTagName('*', document);

function rewriteLink(element: Element, anchors: Set<string | undefined>, lead: Lead): void {
	const { href = '' } = element.attribs;
	const target = href.startsWith('#') ? (anchors.has(decode(href.slice(1))) ? href : undefined) : lead(href);
	if (target !== undefined) {
		element.attribs.href = target;
		return;
	}
	element.name = 'span';
	delete element.attribs.href;
	delete element.attribs.rel;
}

function rewriteImage(element: Element, lead: Lead): void {
	const target = lead(element.attribs.src ?? '');
	if (target !== undefined) {
		element.attribs.src = target;
		return;
	}
	const words = escapeHtml(element.attribs.alt || 'Picture');
	const [instead] = parseDocument(`<span class="missing">${words}</span>`).children;
	DomUtils.replaceElement(element, instead!);
}

const decode = (text: string) => {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
};
