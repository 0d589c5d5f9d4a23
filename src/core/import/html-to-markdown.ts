import { Parser } from 'htmlparser2';
import { codeFence, escapeText, inlineCode, quoted, table } from './markdown-text.ts';

/** An element that is open, and the Markdown of what stood in it so far. */
interface Frame {
	tag: string;
	text: string;
	attributes: Record<string, string>;
	/** The cells of a table row, the rows of a table. */
	parts: string[][];
}

const BLOCKS = new Set([
	'p',
	'div',
	'section',
	'article',
	'dd',
	'dt',
	'dl',
	'figure',
	'figcaption',
	'details',
	'summary'
]);
/** As deep as Markdown is read; what is nested further keeps its words only. */
const DEPTH = 100;
const DROPPED = new Set(['script', 'style', 'iframe', 'object', 'noscript', 'template', 'head', 'title']);
/** What the house writes as a tag, having no other sign for it. */
const KEPT = new Set(['kbd', 'sub', 'sup', 'ins', 'mark']);
const MARKS: Record<string, string> = { strong: '**', b: '**', em: '*', i: '*', del: '~~', s: '~~', strike: '~~' };

/**
 * Writes HTML as Markdown that reads and edits well: paragraphs, headings, lists, quotes,
 * code, tables, links and images. What Markdown has no sign for keeps its words only.
 * @example htmlToMarkdown('<p>Use <code>ls</code></p>') // 'Use `ls`'
 */
export function htmlToMarkdown(html: string): string {
	const root: Frame = { tag: '', text: '', attributes: {}, parts: [] };
	const stack = [root];
	let dropped = 0;
	const top = () => stack.at(-1)!;
	const inside = (tag: string) => stack.some((frame) => frame.tag === tag);
	/** The parser hands text out in pieces that end at entities; signs are judged by what stands around them. */
	let words = '';
	const flush = () => {
		if (words && !dropped) {
			if (inside('pre') || top().tag === 'code') top().text += words;
			else addWords(top(), words);
		}
		words = '';
	};
	const parser = new Parser(
		{
			onopentag(tag, attributes) {
				flush();
				if (DROPPED.has(tag)) dropped += 1;
				if (tag === 'br') top().text += inside('pre') ? '\n' : '  \n';
				else if (tag === 'hr') addBlock(top(), '---');
				else if (tag === 'img') top().text += image(attributes);
				else if (stack.length < DEPTH) stack.push({ tag, text: '', attributes, parts: [] });
			},
			ontext(text) {
				words += text;
			},
			onclosetag(tag) {
				flush();
				if (DROPPED.has(tag)) dropped -= 1;
				if (stack.length > 1 && top().tag === tag) close(stack.pop()!, top());
			}
		},
		{ decodeEntities: true }
	);
	parser.write(html);
	parser.end();
	flush();
	return root.text.replace(/\n{3,}(?![^]*?\n```)/g, '\n\n').trim();
}

function addWords(frame: Frame, text: string): void {
	const words = text.replace(/[ \t\r\n\f]+/g, ' ');
	const atStart = frame.text === '' || frame.text.endsWith('\n');
	frame.text += escapeText(atStart ? words.trimStart() : words, atStart);
}

/** Puts a block under what stands there, an empty line between. */
function addBlock(frame: Frame, block: string): void {
	if (!block.trim()) return;
	const before = frame.text.replace(/[ \n]+$/, '');
	frame.text = `${before}${before ? '\n\n' : ''}${block}\n\n`;
}

/** Turns an element that ended into Markdown, within the one around it. */
function close(frame: Frame, parent: Frame): void {
	const { tag, text, attributes } = frame;
	const mark = MARKS[tag];
	if (BLOCKS.has(tag)) addBlock(parent, text.trim());
	else if (/^h[1-6]$/.test(tag))
		addBlock(parent, `${'#'.repeat(Number(tag[1]))} ${text.trim().replace(/\s*\n\s*/g, ' ')}`);
	else if (mark) parent.text += marked(text, mark);
	else if (KEPT.has(tag)) parent.text += text.trim() ? `<${tag}>${text.trim()}</${tag}>` : text;
	else if (tag === 'code' || tag === 'samp' || tag === 'tt')
		parent.text += parent.tag === 'pre' ? text : inlineCode(text);
	else if (tag === 'pre') addBlock(parent, codeFence(text, language(attributes)));
	else if (tag === 'a') parent.text += link(text, attributes);
	else if (tag === 'blockquote') addBlock(parent, quoted(text.trim()));
	else if (tag === 'ul' || tag === 'ol') addBlock(parent, list(frame, parent));
	else if (tag === 'li') parent.parts.push([text.trim()]);
	else if (tag === 'td' || tag === 'th') parent.parts.push([text.trim().replace(/\s*\n\s*/g, ' ')]);
	else if (tag === 'tr') parent.parts.push(frame.parts.flat());
	else if (tag === 'thead' || tag === 'tbody' || tag === 'tfoot') parent.parts.push(...frame.parts);
	else if (tag === 'table') addBlock(parent, table(frame.parts));
	else parent.text += text;
}

function marked(text: string, mark: string): string {
	const words = text.trim();
	if (!words) return text;
	// A mark cannot reach over paragraphs.
	if (words.includes('\n\n')) return text;
	return text.replace(words, () => mark + words + mark);
}

function list({ tag, parts, text, attributes }: Frame, parent: Frame): string {
	const first = Number(attributes.start ?? 1) || 1;
	const items = parts.map(([item = ''], index) => {
		const marker = tag === 'ol' ? `${first + index}. ` : '- ';
		return marker + item.replace(/\n(?=[^\n])/g, `\n${' '.repeat(marker.length)}`);
	});
	const loose = parts.some(([item = '']) => /\n\n(?!\s*([-`>]|\d+\.))/.test(item)) && parent.tag !== 'li';
	return [text.trim(), items.join(loose ? '\n\n' : '\n')].filter(Boolean).join('\n\n');
}

function link(text: string, { href = '' }: Record<string, string>): string {
	const words = text.trim();
	if (!href || /^\s*javascript:/i.test(href)) return text;
	if (!words) return '';
	if (words.replace(/\\/g, '') === href && /^https?:\/\//.test(href)) return `<${href}>`;
	return `[${words}](${address(href)})`;
}

function image({ src = '', alt = '' }: Record<string, string>): string {
	return src ? `![${alt.replace(/[[\]\n\\]/g, ' ').trim()}](${address(src)})` : '';
}

/** Spaces and brackets would end an address early (CommonMark 6.3). */
const address = (href: string) =>
	href.trim().replace(/[\s()<>\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);

function language({ class: names = '' }: Record<string, string>): string {
	return /\b(?:lang|language)-([\w+#-]+)/.exec(names)?.[1]?.replace(/^(default|none)$/, '') ?? '';
}
