import hljs from 'highlight.js/lib/common';
import MarkdownIt from 'markdown-it';
import sanitize from 'sanitize-html';

const markdown = new MarkdownIt({
	html: false,
	linkify: true,
	typographer: false,
	highlight: (code, language) =>
		language && hljs.getLanguage(language) ? hljs.highlight(code, { language, ignoreIllegals: true }).value : ''
});

const allowed: sanitize.IOptions = {
	allowedTags: [
		...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code', 'span', 'em', 'strong', 's'],
		...['ul', 'ol', 'li', 'a', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'del', 'ins', 'sub', 'sup', 'kbd']
	],
	allowedAttributes: {
		a: ['href', 'title', 'rel'],
		img: ['src', 'alt', 'title', 'loading', 'width', 'height'],
		code: ['class'],
		span: ['class'],
		ol: ['start'],
		th: ['style'],
		td: ['style']
	},
	allowedClasses: { code: ['language-*', 'hljs'], span: ['hljs-*'] },
	allowedStyles: { '*': { 'text-align': [/^(left|right|center)$/] } },
	allowedSchemes: ['http', 'https', 'mailto'],
	transformTags: {
		a: sanitize.simpleTransform('a', { rel: 'nofollow noopener' }),
		img: sanitize.simpleTransform('img', { loading: 'lazy' })
	}
};

/** Markdown to the HTML that is stored and shown: rendered and sanitised once, at write. */
export function renderMarkdown(source: string): string {
	return sanitize(markdown.render(source), allowed);
}

/** The plain words of a rendered text, for search, mail and previews. @param max characters at most */
export function plainText(html: string, max = Infinity): string {
	const text = sanitize(html.replace(/<\/(p|li|h\d|pre|tr|blockquote)>/g, '$& '), {
		allowedTags: [],
		allowedAttributes: {}
	})
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&')
		.replace(/\s+/g, ' ')
		.trim();
	return text.length > max ? `${text.slice(0, max - 1).trimEnd()}…` : text;
}
