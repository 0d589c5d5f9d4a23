import { htmlToMarkdown } from '#src/core/import/html-to-markdown.ts';

/**
 * Runs a change over the text of a document that is not code: neither fenced nor between
 * backticks. Fences are found line by line, as they may hold anything.
 */
export function outsideCode(source: string, change: (text: string) => string): string {
	const parts: string[] = [];
	let text: string[] = [];
	let fence: string | undefined;
	const flush = () => {
		if (text.length > 0) parts.push(outsideSpans(text.join('\n'), change));
		text = [];
	};
	for (const line of source.split('\n')) {
		const mark = /^[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*(`{3,}|~{3,})/.exec(line)?.[1];
		if (fence !== undefined) {
			parts.push(line);
			if (mark && mark[0] === fence[0] && mark.length >= fence.length && /^[ \t>]*[`~]+[ \t]*$/.test(line))
				fence = undefined;
		} else if (mark) {
			flush();
			fence = mark;
			parts.push(line);
		} else text.push(line);
	}
	flush();
	return parts.join('\n');
}

/** Code between backticks stands in for by a mark that no text holds, so a change cannot reach into it. */
function outsideSpans(text: string, change: (text: string) => string): string {
	const spans: string[] = [];
	const marked = text.replace(
		/(?<!`)(`+)(?!`)((?:(?!\n\n)[^])*?[^`])\1(?!`)/g,
		(span) => `\u{f0000}${spans.push(span) - 1}\u{f0001}`
	);
	return change(marked).replace(/\u{f0000}(\d+)\u{f0001}/gu, (_, index) => spans[Number(index)]!);
}

/**
 * Markdown without what only another site understands: comments, MDX imports and
 * components, `:::` boxes; HTML becomes the Markdown that says the same.
 */
export function toPlainMarkdown(source: string, isMdx: boolean): { text: string; changes: string[] } {
	const changes = new Set<string>();
	const text = outsideCode(source, (part) => {
		let plain = part.replace(/<!--[^]*?(?:-->|$)/g, '');
		if (isMdx) plain = withoutMdx(plain, changes);
		plain = boxesAsQuotes(plain);
		return htmlAsMarkdown(plain);
	});
	return { text: text.replace(/\n{4,}/g, '\n\n\n'), changes: [...changes] };
}

function withoutMdx(text: string, changes: Set<string>): string {
	const plain = text
		.replace(/^(?:import\s[^\n]*?from\s*['"][^'"\n]+['"];?|import\s*['"][^'"\n]+['"];?)[ \t]*$/gm, '')
		.replace(/^import\s*\{[^}]*\}\s*from\s*['"][^'"\n]+['"];?[ \t]*$/gm, '')
		.replace(/^export\s+(?:const|let|default|function)\b[^]*?(?=\n\s*\n|$(?![^]))/gm, '')
		.replace(/\{\/\*[^]*?\*\/\}/g, '');
	const bare = plain.replace(/<\/?[A-Z][\w.]*(?:\s(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}|[^'"{}>])*)?\/?>/g, '');
	if (bare !== text) changes.add('MDX imports, exports and components were left out');
	return bare;
}

/** `:::tip Title` … `:::` is a box on many sites; here it is a quote that begins with its title. */
function boxesAsQuotes(text: string): string {
	return text.replace(
		/^:::+[ \t]*\{?\.?(\w+)[^\S\n]*(?:\[?([^\]\n{}]*)\]?)[^\n]*\n([^]*?)\n:::+[ \t]*$/gm,
		(_, kind: string, title: string, inner: string) => {
			const name = title.trim() || kind.charAt(0).toUpperCase() + kind.slice(1);
			return `**${name}**\n\n${inner.trim()}`.replace(/^/gm, '> ').replace(/^> $/gm, '>');
		}
	);
}

const ATTRIBUTES = '(?:\\s(?:"[^"]*"|\'[^\']*\'|[^\'"<>])*)?';
const BLOCK = /^<(table|details|figure|div|dl|picture|p|h[1-6]|ul|ol|center)\b[^>]*>[^]*?<\/\1>[ \t]*$/gm;

/** Whole elements are rewritten; what stands alone keeps its words. */
function htmlAsMarkdown(text: string): string {
	if (!text.includes('<')) return text;
	return text
		.replace(BLOCK, (html) =>
			/\u{f0000}|[*_`#]|\]\(/u.test(html.replace(/<[^>]*>/g, '')) ? html : `\n${htmlToMarkdown(html)}\n`
		)
		.replace(/<br\s*\/?>/gi, (_, at: number, all: string) => (inTable(all, at) ? ' ' : '  \n'))
		.replace(/<(?:img|a)\b[^>]*>(?:[^<]*<\/a>)?/gi, (html) =>
			/^<a\s[^>]*href/i.test(html) || /^<img/i.test(html) ? htmlToMarkdown(html) : html
		)
		.replace(/<(b|strong)>([^<\n]+)<\/\1>/gi, '**$2**')
		.replace(/<(i|em)>([^<\n]+)<\/\1>/gi, '*$2*')
		.replace(/<(code|samp)>([^<\n`]+)<\/\1>/gi, '`$2`')
		.replace(new RegExp(`</?(?:${KNOWN})${ATTRIBUTES}/?>`, 'gi'), '');
}

const KNOWN =
	'a|abbr|b|big|blockquote|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|li|nav|ol|p|picture|pre|q|s|samp|script|section|small|source|span|strong|style|summary|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video|audio|svg|path|article|aside|main|header|footer|input|label|button|noscript|wbr';

const inTable = (text: string, at: number) => /^\s*\|/.test(text.slice(text.lastIndexOf('\n', at) + 1, at + 1));
