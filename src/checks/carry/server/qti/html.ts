import { escapeXml, isElement, type Element } from '#src/platform/server/xml-tree.ts';

const KEPT = ['src', 'href', 'alt', 'title', 'start', 'type'];
const EMPTY = new Set(['br', 'hr', 'img']);

/**
 * What an element holds, as HTML.
 * @param instead what stands for an element: text, or undefined for its HTML
 */
export function innerHtml(
	parent: Element,
	instead: (element: Element) => string | undefined = () => undefined
): string {
	return parent.children
		.map((node) => {
			if (!isElement(node)) return escapeXml(node);
			const said = instead(node);
			return said ?? outerHtml(node, instead);
		})
		.join('');
}

function outerHtml(element: Element, instead: (element: Element) => string | undefined): string {
	if (element.name === 'object' && element.attributes.data) return objectHtml(element);
	if (element.name === 'contentBody' || element.name === 'feedbackBlock') return innerHtml(element, instead);
	const attributes = KEPT.filter((name) => element.attributes[name] !== undefined).map(
		(name) => ` ${name}="${escapeXml(element.attributes[name]!)}"`
	);
	const start = `<${element.name}${attributes.join('')}>`;
	return EMPTY.has(element.name) ? start : `${start}${innerHtml(element, instead)}</${element.name}>`;
}

/** A picture is shown, anything else is linked. */
function objectHtml(element: Element): string {
	const { data = '', type = '' } = element.attributes;
	const words =
		innerHtml(element)
			.replace(/<[^>]*>/g, '')
			.trim() || data.split('/').pop()!;
	return type.startsWith('image/') || /\.(png|jpe?g|gif|webp|avif|svg)$/i.test(data)
		? `<img src="${escapeXml(data)}" alt="${words}">`
		: `<a href="${escapeXml(data)}">${words}</a>`;
}
