import type { JSONContent } from '@tiptap/core';
import { inlineMarkdown } from './serialize-inline.ts';

/** A document of the rich editor as Markdown. */
export function serializeMarkdown(doc: JSONContent): string {
	return joinBlocks(doc.content ?? []);
}

function joinBlocks(nodes: JSONContent[], between = '\n\n'): string {
	const written: string[] = [];
	let before: JSONContent | undefined;
	let other = false;
	for (const node of nodes) {
		// Two lists side by side would become one: the second gets another sign.
		other = isList(node) && kindOfList(before) === kindOfList(node) && !other;
		const text = block(node, other);
		if (text === '' && node.type === 'paragraph') continue;
		written.push(text);
		before = node;
	}
	return written.join(between);
}

const isList = (node?: JSONContent) => /List$/.test(node?.type ?? '');
const kindOfList = (node?: JSONContent) =>
	isList(node) ? (node!.type === 'orderedList' ? 'ordered' : 'bullet') : undefined;

function block(node: JSONContent, other: boolean): string {
	const content = node.content ?? [];
	switch (node.type) {
		case 'heading':
			return `${'#'.repeat(Number(node.attrs?.level ?? 1))} ${inlineMarkdown(content, { oneLine: true })}`.trimEnd();
		case 'blockquote':
			return indent(joinBlocks(content), '> ', '> ').replace(/> $/gm, '>');
		case 'codeBlock':
			return fence(content.map(({ text }) => text ?? '').join(''), String(node.attrs?.language ?? ''));
		case 'horizontalRule':
			return '***';
		case 'bulletList':
		case 'taskList':
			return list(node, () => (other ? '* ' : '- '));
		case 'orderedList':
			return list(node, (index) => `${Number(node.attrs?.start ?? 1) + index}${other ? ')' : '.'} `);
		case 'table':
			return table(content);
		default:
			return inlineMarkdown(content);
	}
}

function list({ attrs, content = [] }: JSONContent, sign: (index: number) => string): string {
	const tight = attrs?.tight !== false && content.every(isTight);
	const items = content.map((item, index) => {
		const mark = sign(index);
		const box = item.type === 'taskItem' ? (item.attrs?.checked ? '[x] ' : '[ ] ') : '';
		const text = joinBlocks(item.content ?? [], tight ? '\n' : '\n\n');
		return indent(box + text, mark, ' '.repeat(mark.length)).trimEnd();
	});
	return items.join(tight ? '\n' : '\n\n');
}

/** Two paragraphs in an item need an empty line between them. */
const isTight = ({ content = [] }: JSONContent) =>
	content.every(({ type }, index) => type !== 'paragraph' || content[index - 1] === undefined);

function indent(text: string, first: string, next: string): string {
	return text
		.split('\n')
		.map((line, index) => (index === 0 ? first + line : line === '' && next.trim() === '' ? '' : next + line))
		.join('\n');
}

function fence(code: string, language: string): string {
	const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
	const ticks = '`'.repeat(longest + 1);
	return `${ticks}${language.replace(/[`\n]/g, '')}\n${code}${code === '' ? '' : '\n'}${ticks}`;
}

function table(rows: JSONContent[]): string {
	const cells = rows.map((row) => (row.content ?? []).map(cell));
	const width = Math.max(1, ...cells.map((row) => row.length));
	const line = (row: string[]) => `| ${Array.from({ length: width }, (_, index) => row[index] ?? '').join(' | ')} |`;
	const signs: Record<string, string> = { left: ':--', center: ':-:', right: '--:' };
	const aligns = (rows[0]?.content ?? []).map(({ attrs }) => signs[String(attrs?.align)] ?? '---');
	const rule = line(Array.from({ length: width }, (_, index) => aligns[index] ?? '---'));
	return [line(cells[0] ?? []), rule, ...cells.slice(1).map(line)].join('\n');
}

const cell = ({ content = [] }: JSONContent) =>
	content
		.map((node) => inlineMarkdown(node.content ?? [], { oneLine: true, inTable: true }))
		.filter(Boolean)
		.join(' ');
