import sanitize from 'sanitize-html';

const allowed: sanitize.IOptions['allowedTags'] = [
	...['p', 'br', 'hr', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code', 'em', 'strong', 's', 'a', 'ul', 'ol'],
	...['li', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'ins', 'mark', 'sub', 'sup', 'kbd']
];

/**
 * HTML as it can be read elsewhere: every address whole, and nothing in it that only our own pages know.
 * @param page the page it stands on, from which its addresses count
 */
export function htmlForOthers(html: string, page: string): string {
	const whole = (address: string | undefined) => (address && URL.parse(address, page)?.href) ?? '';
	return sanitize(html, {
		allowedTags: allowed,
		allowedAttributes: { a: ['href', 'title'], img: ['src', 'alt', 'title', 'width', 'height'], ol: ['start'] },
		allowedSchemes: ['http', 'https', 'mailto'],
		allowProtocolRelative: false,
		transformTags: {
			a: (tagName, { href, ...rest }) => ({ tagName, attribs: { ...rest, href: whole(href) } }),
			img: (tagName, { src, ...rest }) => ({ tagName, attribs: { ...rest, src: whole(src) } })
		}
	});
}
