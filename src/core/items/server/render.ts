import { createRequire } from 'node:module';
import type { HLJSApi } from 'highlight.js';
import sanitize from 'sanitize-html';
import { houseMarkdown, MENTION } from '#src/platform/markdown.ts';
import { aloneIn, houseRules, type RenderContext } from './markdown-rules.ts';

const require = createRequire(import.meta.url);
let highlighter: HLJSApi | undefined;

/**
 * Characters of code that are highlighted in one text; what comes after is shown plain.
 * Grammars are slow on what no person wrote, and the time must stay bounded.
 */
const MOST_CODE = 20_000;
const isReadable = (code: string) => !/[^\n]{400}|\w{120}/.test(code);
let codeLeft = MOST_CODE;

const markdown = houseMarkdown({ highlight });
markdown.use(houseRules);

function highlight(code: string, language: string): string {
	if (!language || code.length > codeLeft || !isReadable(code)) return '';
	codeLeft -= code.length;
	// Five megabytes of grammars, only in processes that meet code.
	highlighter ??= require('highlight.js/lib/common') as HLJSApi;
	return highlighter.getLanguage(language) ? highlighter.highlight(code, { language, ignoreIllegals: true }).value : '';
}

const allowed: sanitize.IOptions = {
	allowedTags: [
		...['p', 'br', 'hr', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code', 'span', 'em', 'strong', 's', 'a'],
		...['ul', 'ol', 'li', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'ins', 'mark', 'sub', 'sup', 'kbd'],
		...['input', 'div']
	],
	allowedAttributes: {
		a: ['href', 'title', 'rel', 'class'],
		img: ['src', 'alt', 'title', 'loading', 'width', 'height'],
		input: [{ name: 'type', values: ['checkbox'] }, 'disabled', 'checked', 'aria-label'],
		div: ['tabindex'],
		pre: ['tabindex'],
		...Object.fromEntries(['h2', 'h3', 'h4', 'h5', 'h6'].map((tag) => [tag, ['id']])),
		ol: ['start'],
		th: ['style'],
		td: ['style']
	},
	allowedClasses: {
		a: ['mention', 'tag', 'link-card'],
		code: ['language-*', 'hljs'],
		div: ['table'],
		li: ['task'],
		span: ['hljs-*', 'link-card-*']
	},
	allowedStyles: { '*': { 'text-align': [/^(left|right|center)$/] } },
	allowedSchemes: ['http', 'https', 'mailto'],
	allowProtocolRelative: false,
	transformTags: {
		a: (tagName, attribs) => ({
			tagName,
			attribs: isExternal(attribs.href) ? { ...attribs, rel: 'nofollow noopener' } : attribs
		}),
		img: (tagName, attribs) => ({ tagName, attribs: { ...attribs, loading: 'lazy' } }),
		// What scrolls sideways can be scrolled by keyboard.
		pre: (tagName, attribs) => ({ tagName, attribs: { ...attribs, tabindex: '0' } })
	}
};

const isExternal = (href = '') => /^[a-z]+:/i.test(href);

/** Bidirectional overrides (UAX #9): an entity can bring them past the check of the input. */
const overrides = /[\u202a-\u202e\u2066-\u2069]/g;

/** Markdown to the HTML that is stored and shown: rendered and sanitised once, at write. */
export function renderMarkdown(source: string, context: RenderContext = {}): string {
	codeLeft = MOST_CODE;
	const html = markdown.render(source, { ...context }).replace(overrides, '');
	return sanitize(html, allowed)
		.replaceAll('<table>', '<div class="table" tabindex="0"><table>')
		.replaceAll('</table>', '</table></div>');
}

/** The ids of the people a text mentions. */
export const mentionsIn = (source: string): string[] => [
	...new Set([...source.matchAll(MENTION)].map(([, , id]) => id!.toLowerCase()))
];

/** The addresses that stand alone in a paragraph, for the cards beneath them; twenty at most. */
export function linksAloneIn(source: string): string[] {
	if (!/https?:\/\//.test(source)) return [];
	const inlines = markdown.parse(source, {}).filter(({ type }) => type === 'inline');
	const found = inlines.map(aloneIn).filter((url) => url !== undefined && /^https?:/.test(url));
	return [...new Set(found as string[])].slice(0, 20);
}

/** The plain words of a rendered text, for search, mail and previews. @param max characters at most */
export function plainText(html: string, max = Infinity): string {
	const parted = html
		.replace(/<img [^>]*?\balt="([^"]*)"[^>]*>/g, ' $1 ')
		.replace(/<(br|hr)\b[^>]*>|<\/(p|li|h\d|pre|tr|td|th|blockquote|div)>/g, ' ');
	const text = decode(sanitize(parted, { allowedTags: [], allowedAttributes: {} }))
		.replace(/\s+/g, ' ')
		.trim();
	return text.length > max ? `${cut(text, max - 1).trimEnd()}…` : text;
}

/** The sanitiser leaves these four entities and no others. The ampersand comes last, or `&amp;lt;` would turn to `<`. */
const decode = (text: string) =>
	text
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&');

/** Never through the middle of a character outside the basic plane. */
const cut = (text: string, max: number) => text.slice(0, /[\ud800-\udbff]/.test(text[max - 1] ?? '') ? max - 1 : max);
