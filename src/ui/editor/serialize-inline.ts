import type { JSONContent } from '@tiptap/core';

interface Options {
	/** Headings and cells have no line breaks. */
	oneLine?: boolean;
	/** A bar would end the cell. */
	inTable?: boolean;
}

type Marked = JSONContent & { marks?: { type: string; attrs?: Record<string, unknown> }[] };

/** From the outside in, where two begin and end together; else the longer one is around the other. */
const ORDER = ['link', 'bold', 'strike', 'italic', 'code'];

/** The words of a paragraph as Markdown. */
export function inlineMarkdown(content: JSONContent[], options: Options = {}): string {
	const nodes = trimEnds(trimMarks(content.map((node) => breakless(node, options)) as Marked[]));
	const open: { type: string; key: string; sign: string }[] = [];
	let out = '';
	for (const [index, node] of nodes.entries()) {
		const wanted = marksOf(node);
		const ends = open.findIndex(({ key }) => !wanted.some((mark) => mark.key === key));
		while (ends >= 0 && open.length > ends) out += open.pop()!.sign;
		const fresh = wanted.filter(({ key }) => !open.some((mark) => mark.key === key));
		const lengths = new Map(fresh.map(({ key }) => [key, runLength(key, nodes, index)]));
		for (const mark of fresh.sort((a, b) => lengths.get(b.key)! - lengths.get(a.key)!)) {
			const { start, end } = signsOf(mark, out, nodes, index);
			out += start;
			open.push({ ...mark, sign: end });
		}
		out += nodeText(node, out, nodes[index + 1], options, open.find(({ type }) => type === 'bare') !== undefined);
	}
	while (open.length > 0) out += open.pop()!.sign;
	return out;
}

const breakless = (node: JSONContent, { oneLine }: Options): JSONContent =>
	oneLine && node.type === 'hardBreak' ? { type: 'text', text: ' ' } : node;

/** Markdown has no mark that begins or ends at a space: "bold " is written as "**bold** ". */
function trimMarks(content: Marked[]): Marked[] {
	let nodes = content.map((node) => ({ ...node, ...(node.text && { text: node.text.replace(/\n/g, ' ') }) }));
	for (const type of ['bold', 'strike', 'italic']) {
		const has = (node?: Marked) => node?.marks?.some((mark) => mark.type === type) ?? false;
		const without = (node: Marked) => ({ ...node, marks: node.marks!.filter((mark) => mark.type !== type) });
		nodes = nodes.flatMap((node, index, all) => {
			if (!has(node) || node.type !== 'text' || node.marks!.some((mark) => mark.type === 'code')) return [node];
			const [, before = '', words = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(node.text!)!;
			if (words === '' && !(has(all[index - 1]) && has(all[index + 1]))) return [without(node)];
			const first = has(all[index - 1]) ? '' : before;
			const last = has(all[index + 1]) ? '' : after;
			const middle = node.text!.slice(first.length, node.text!.length - last.length);
			return [
				...(first ? [{ ...without(node), text: first }] : []),
				{ ...node, text: middle },
				...(last ? [{ ...without(node), text: last }] : [])
			];
		});
	}
	return nodes.filter((node) => node.type !== 'text' || node.text !== '');
}

/** Space and breaks at the ends of a paragraph mean nothing. */
function trimEnds(nodes: Marked[]): Marked[] {
	const left = [...nodes];
	const isCode = (node: Marked) => node.marks?.some(({ type }) => type === 'code');
	while (
		left.length > 0 &&
		(left.at(-1)!.type === 'hardBreak' || (left.at(-1)!.type === 'text' && !isCode(left.at(-1)!)))
	) {
		const last = left.pop()!;
		const text = last.type === 'text' ? last.text!.replace(/[ \t\n]+$/, '') : '';
		if (text === '') continue;
		left.push({ ...last, text });
		break;
	}
	const first = left[0];
	if (first?.type === 'text' && !isCode(first)) left[0] = { ...first, text: first.text!.replace(/^[ \t\n]+/, '') };
	return left.filter((node) => node.type !== 'text' || node.text !== '');
}

interface OpenMark {
	type: string;
	key: string;
	attrs?: Record<string, unknown>;
}

function marksOf({ marks = [], text }: Marked): OpenMark[] {
	return ORDER.flatMap((type) => marks.filter((mark) => mark.type === type)).map(({ type, attrs }) => {
		if (type !== 'link') return { type, key: type === 'code' ? `code ${text}` : type };
		const bare = marks.length === 1 && text === attrs?.href && !attrs?.title && /^https?:\/\/[^\s<>]+$/i.test(text!);
		return { type: bare ? 'bare' : 'link', attrs, key: `link ${String(attrs?.href)} ${String(attrs?.title ?? '')}` };
	});
}

function runLength(key: string, nodes: Marked[], index: number): number {
	if (key.startsWith('code ')) return 0;
	let at = index;
	while (nodes[at] && marksOf(nodes[at]!).some((mark) => mark.key === key)) at += 1;
	return at - index;
}

function signsOf(mark: OpenMark, out: string, nodes: Marked[], index: number): { start: string; end: string } {
	const { type, attrs } = mark;
	if (type === 'bold') return { start: '**', end: '**' };
	if (type === 'strike') return { start: '~~', end: '~~' };
	if (type === 'italic') {
		// Between letters only the star can stand; beside stars the line is clearer.
		const sign = /[\p{L}\p{N}_]$/u.test(out) || /^[\p{L}\p{N}_]/u.test(textAfter('italic', nodes, index)) ? '*' : '_';
		return { start: sign, end: sign };
	}
	if (type === 'code') {
		const code = nodes[index]!.text ?? '';
		const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
		const ticks = '`'.repeat(longest + 1);
		const space = /^`|`$|^ .* $/.test(code) && code.trim() !== '' ? ' ' : '';
		return { start: ticks + space, end: space + ticks };
	}
	if (type === 'bare') {
		const stands = /(^|[\s(])$/.test(out) && /^($|[\s),.])/.test(nodes[index + 1]?.text ?? '');
		return stands && /[\p{L}\p{N}/]$/u.test(String(attrs?.href)) ? { start: '', end: '' } : { start: '<', end: '>' };
	}
	return { start: '[', end: `](${target(attrs)})` };
}

/** What follows the run of nodes that share a mark. */
function textAfter(type: string, nodes: Marked[], index: number): string {
	let at = index;
	while (nodes[at]?.marks?.some((mark) => mark.type === type)) at += 1;
	return nodes[at]?.text ?? '';
}

function target(attrs: Record<string, unknown> = {}): string {
	const href = String(attrs.href ?? '').replace(/\n/g, '');
	const safe = /[\s()<>\\]/.test(href) || href === '' ? `<${href.replace(/([<>\\])/g, '\\$1')}>` : href;
	return attrs.title ? `${safe} "${String(attrs.title).replace(/(["\\])/g, '\\$1')}"` : safe;
}

function nodeText(node: Marked, out: string, next: Marked | undefined, options: Options, bare: boolean): string {
	if (node.type === 'hardBreak') return '\\\n';
	if (node.type === 'image')
		return `![${escapeText(String(node.attrs?.alt ?? ''), options)}](${target({ href: node.attrs?.src, title: node.attrs?.title })})`;
	if (node.type === 'mention')
		return `@[${String(node.attrs?.label ?? '').replace(/[\]\n]/g, '')}](person:${String(node.attrs?.id)})`;
	const text = node.text ?? '';
	if (bare) return text;
	if (node.marks?.some(({ type }) => type === 'code')) return options.inTable ? text.replace(/\|/g, '\\|') : text;
	const escaped = escapeText(text, options);
	const opened = out === '' || out.endsWith('\n') ? escapeStart(escaped) : escaped;
	return opened.endsWith('!') && (next?.type === 'mention' || next?.marks?.some(({ type }) => type === 'link'))
		? `${opened.slice(0, -1)}\\!`
		: opened;
}

/** Signs that would mean something within a line. */
function escapeText(text: string, { inTable }: Options): string {
	const escaped = text
		.replace(/[\\`*[\]<]/g, '\\$&')
		.replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
		.replace(/~~/g, '\\~\\~')
		.replace(/&(?=#?\w+;)/g, '\\&');
	return inTable ? escaped.replace(/\|/g, '\\|') : escaped;
}

/** Signs that would mean something at the start of a line. */
function escapeStart(text: string): string {
	return text
		.replace(/^\s+/, '')
		.replace(/^(#{1,6})(?=\s|$)/, '\\$1')
		.replace(/^(>|[-+](?=\s|$)|=+\s*$|-{2,}\s*$|~{3})/, '\\$1')
		.replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}
