import type { JSONContent } from '@tiptap/core';
import type { Token } from 'markdown-it';
import { houseMarkdown } from '#src/platform/markdown.ts';

const markdown = houseMarkdown();

interface Mark {
	type: string;
	attrs?: Record<string, unknown>;
}

/** Markdown as a document of the rich editor. What the document cannot hold is left out: ask `canHold` first. */
export function parseMarkdown(source: string): JSONContent {
	const root: JSONContent = { type: 'doc', content: [] };
	const open: JSONContent[] = [root];
	for (const token of markdown.parse(source, {})) {
		if (token.nesting === -1) closeBlock(open, token);
		else addBlock(open, token);
	}
	if (root.content!.length === 0) root.content!.push({ type: 'paragraph' });
	return root;
}

const blocks: Record<string, string> = {
	paragraph_open: 'paragraph',
	heading_open: 'heading',
	blockquote_open: 'blockquote',
	bullet_list_open: 'bulletList',
	ordered_list_open: 'orderedList',
	list_item_open: 'listItem',
	table_open: 'table',
	tr_open: 'tableRow',
	th_open: 'tableHeader',
	td_open: 'tableCell',
	fence: 'codeBlock',
	code_block: 'codeBlock',
	hr: 'horizontalRule'
};

function addBlock(open: JSONContent[], token: Token): void {
	const parent = open.at(-1)!;
	if (token.type === 'inline') {
		// A cell holds paragraphs, in Markdown it holds words.
		const words = inline(token.children ?? []);
		if (/^table(Cell|Header)$/.test(parent.type!)) parent.content = [{ type: 'paragraph', content: words }];
		else parent.content = words;
		return;
	}
	const type = blocks[token.type];
	if (!type) return;
	const node: JSONContent = { type, attrs: attributesOf(token), content: [] };
	parent.content!.push(node);
	if (type === 'codeBlock' && token.content)
		node.content = [{ type: 'text', text: token.content.replace(/\n$/, '') }].filter(({ text }) => text);
	if (token.type === 'paragraph_open' && open.at(-1)!.type === 'listItem' && !token.hidden)
		open.at(-2)!.attrs!.tight = false;
	if (token.nesting === 1) open.push(node);
}

function attributesOf(token: Token): Record<string, unknown> {
	if (token.type === 'heading_open') return { level: Number(token.tag.slice(1)) };
	if (token.type === 'bullet_list_open') return { tight: true };
	if (token.type === 'ordered_list_open') return { tight: true, start: Number(token.attrGet('start') ?? 1) };
	if (token.type === 'fence') return { language: token.info.trim() || null };
	if (token.type === 'th_open' || token.type === 'td_open')
		return { align: /text-align:(\w+)/.exec(String(token.attrGet('style') ?? ''))?.[1] ?? null };
	return {};
}

function closeBlock(open: JSONContent[], token: Token): void {
	if (!blocks[token.type.replace('_close', '_open')]) return;
	const node = open.pop()!;
	if (node.type === 'listItem' && node.content!.length === 0) node.content!.push({ type: 'paragraph' });
	if (node.type === 'blockquote' && node.content!.length === 0) node.content!.push({ type: 'paragraph' });
	if (/^table(Cell|Header)$/.test(node.type!) && node.content!.length === 0) node.content!.push({ type: 'paragraph' });
	if (node.type === 'bulletList') turnToTasks(node);
}

/** A list whose every item begins with `[ ]` or `[x]`. */
function turnToTasks(list: JSONContent): void {
	const firsts = list.content!.map((item) => item.content?.[0]?.content?.[0]);
	if (!firsts.every((node) => node?.type === 'text' && !node.marks && /^\[[ xX]\] \S/.test(node.text!))) return;
	list.type = 'taskList';
	for (const [index, item] of list.content!.entries()) {
		const words = firsts[index]!;
		item.type = 'taskItem';
		item.attrs = { checked: words.text![1] !== ' ' };
		words.text = words.text!.slice(4);
	}
}

const marks: Record<string, string> = { strong_open: 'bold', em_open: 'italic', s_open: 'strike', link_open: 'link' };

function inline(tokens: Token[]): JSONContent[] {
	const out: JSONContent[] = [];
	const active: Mark[] = [];
	const add = (node: JSONContent, more: Mark[] = []) => {
		const all = [...active, ...more];
		const last = out.at(-1);
		if (node.type === 'text' && last?.type === 'text' && JSON.stringify(last.marks ?? []) === JSON.stringify(all))
			last.text += node.text!;
		else out.push(all.length > 0 ? { ...node, marks: all } : node);
	};
	const addWords = (text: string) => {
		if (text) add({ type: 'text', text });
	};
	for (const token of tokens) {
		const mark = marks[token.type];
		if (mark === 'link')
			active.push({ type: 'link', attrs: { href: token.attrGet('href'), title: token.attrGet('title') } });
		else if (mark) active.push({ type: mark });
		else if (token.nesting === -1) active.pop();
		else if (token.type === 'text' || token.type === 'text_special') addWords(token.content);
		else if (token.type === 'softbreak') add({ type: 'text', text: ' ' });
		else if (token.type === 'code_inline') add({ type: 'text', text: token.content }, [{ type: 'code' }]);
		else if (token.type === 'hardbreak') add({ type: 'hardBreak' });
		else if (token.type === 'image')
			add({ type: 'image', attrs: { src: token.attrGet('src'), alt: token.content, title: token.attrGet('title') } });
		else if (token.type === 'mention')
			add({ type: 'mention', attrs: { id: (token.meta as { id: string }).id, label: token.content } });
	}
	return out;
}

/**
 * What a text means, as the page will show it: two texts that differ only in how they
 * are typed have the same meaning.
 */
export function meaningOf(source: string): string {
	const parts: string[] = [];
	const tokens = markdown.parse(source, {});
	for (const [index, token] of tokens.entries()) {
		if (token.type !== 'inline') {
			parts.push(blockMeaning(token));
			continue;
		}
		if (tokens[index - 2]?.type === 'list_item_open' && /^\[[ xX]\] /.test(token.content)) parts.push('task');
		parts.push(...inlineMeaning(token.children ?? []));
	}
	return parts.join('\n');
}

function blockMeaning({ type, tag, attrs, hidden, content, info }: Token): string {
	const code = type === 'fence' || type === 'code_block';
	return JSON.stringify([
		code ? 'code' : type,
		code ? '' : tag,
		attrs,
		hidden,
		content === '\n' ? '' : content,
		info.trim()
	]);
}

function inlineMeaning(tokens: Token[]): string[] {
	const parts: string[] = [];
	let words = '';
	// Marks that begin or end together do so in any order.
	let together: string[] = [];
	let nesting = 0;
	const flush = () => {
		parts.push(...together.sort());
		if (words) parts.push(`"${words.replace(/\s+/g, ' ')}"`);
		together = [];
		words = '';
	};
	for (const token of tokens) {
		const isWords = token.type === 'text' || token.type === 'text_special' || token.type === 'softbreak';
		if (isWords && token.type !== 'softbreak' && token.content === '') continue;
		if (isWords ? together.length > 0 : words !== '' || token.nesting !== nesting) flush();
		nesting = isWords ? 0 : token.nesting;
		if (isWords) words += token.type === 'softbreak' ? ' ' : token.content;
		else together.push(inlineToken(token));
		if (!isWords && token.nesting === 0) flush();
	}
	flush();
	return parts;
}

function inlineToken({ type, attrs, content, meta, info, markup }: Token): string {
	const bare = info === 'auto' ? 'bare' : '';
	return JSON.stringify([
		type,
		attrs,
		content,
		type === 'mention' ? meta : null,
		bare,
		type === 'html_inline' ? markup : ''
	]);
}
