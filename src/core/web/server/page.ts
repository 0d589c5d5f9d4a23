import sanitize from 'sanitize-html';

/** What a web page says of itself, and its readable text. */
export interface PageFacts {
	title: string;
	site: string;
	author: string;
	/** ISO 8601; null where it does not say. */
	published: string | null;
	description: string;
	language: string;
	/** Address of its picture. */
	image: string | null;
	/** The address it says is its own. */
	canonical: string | null;
	/** Sanitised, without pictures: they would call on somebody else's server each time it is read. */
	html: string;
	/** The same, a paragraph a line: to search, and to see what changed. */
	text: string;
	words: number;
	/** It asks for a password. */
	asksPassword: boolean;
}

/** Longer texts are cut: a book of 400 pages. */
const LONGEST_TEXT = 1_000_000;

const kept: sanitize.IOptions = {
	allowedTags: [
		...['p', 'br', 'hr', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code', 'em', 'strong', 's', 'a', 'b', 'i'],
		...[
			'ul',
			'ol',
			'li',
			'dl',
			'dt',
			'dd',
			'table',
			'caption',
			'thead',
			'tbody',
			'tr',
			'th',
			'td',
			'sub',
			'sup',
			'kbd'
		],
		...['figure', 'figcaption', 'mark', 'del', 'ins', 'q', 'cite', 'abbr', 'time']
	],
	allowedAttributes: {
		a: ['href', 'rel'],
		ol: ['start'],
		pre: ['tabindex'],
		td: ['colspan', 'rowspan'],
		th: ['colspan', 'rowspan']
	},
	allowedSchemes: ['http', 'https', 'mailto'],
	allowProtocolRelative: false
};

/** Bidirectional overrides (UAX #9) and controls. */
// eslint-disable-next-line no-control-regex
const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/** Readable HTML as it is kept and shown: no script, no style, no picture, headings below the page's own. */
export function cleanArticle(html: string, base: string): string {
	const clean = sanitize(html.replace(hidden, ''), {
		...kept,
		transformTags: {
			h1: 'h2',
			a: (tagName, { href = '' }) => ({
				tagName,
				attribs: URL.canParse(href, base)
					? { href: new URL(href, base).href, rel: 'nofollow noopener noreferrer' }
					: ({} as Record<string, string>)
			}),
			// What scrolls sideways can be scrolled by keyboard.
			pre: () => ({ tagName: 'pre', attribs: { tabindex: '0' } })
		}
	});
	return clean
		.replace(/<(p|li|figure|figcaption|h[2-6])>\s*<\/\1>/g, '')
		.replaceAll('<table>', '<div class="table" tabindex="0"><table>')
		.replaceAll('</table>', '</table></div>')
		.replace(/\s*\n\s*\n\s*/g, '\n')
		.trim();
}

/** Its words, a paragraph a line. */
export function paragraphsOf(html: string): string {
	const parted = html.replace(/<(br|hr)\b[^>]*>|<\/(p|li|h\d|pre|tr|blockquote|div|dt|dd|figcaption|caption)>/g, '\n');
	return decode(sanitize(parted.replace(/<\/(td|th)>/g, ' '), { allowedTags: [], allowedAttributes: {} }))
		.split('\n')
		.map((line) => line.replace(/\s+/g, ' ').trim())
		.filter(Boolean)
		.join('\n')
		.slice(0, LONGEST_TEXT)
		.toWellFormed();
}

/** The sanitiser leaves these four entities and no others; the ampersand comes last. */
const decode = (text: string) =>
	text
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&');

/** One line of at most `max` characters, without what hides. */
export function lineOf(text: string | null | undefined, max: number): string {
	const line = (text ?? '').replace(hidden, '').replace(/\s+/g, ' ').trim().toWellFormed();
	return line.length > max
		? `${line
				.slice(0, max - 1)
				.toWellFormed()
				.trimEnd()}…`
		: line;
}

export const countWords = (text: string) => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;

/** What a child process is given to read. */
export interface ToRead {
	html: string;
	/** Where it was found. */
	url: string;
	/** It is plain text, no HTML. */
	plain?: boolean;
}
