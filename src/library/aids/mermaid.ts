import type { FlowNode } from './content.ts';

/** A flow chart's text could not be read: in which line, and why. */
export class NotAChart extends Error {}

interface Drawn {
	id: string;
	text: string;
	next: { to: string; label: string }[];
}

/** Lines that tell how it looks, or what a click does: not what it says. */
const LOOKS = /^(style|classDef|class|linkStyle|click|direction|subgraph|end|accTitle|accDescr|title)\b/;
const HEADER = /^(flowchart|graph)(\s+(TB|TD|BT|LR|RL))?\s*;?$/i;

/** The shapes a node's text can stand in, the longest first. */
const shapes: [string, string][] = [
	...([
		['([', '])'],
		['[[', ']]'],
		['[(', ')]'],
		['(((', ')))'],
		['((', '))'],
		['{{', '}}']
	] as [string, string][]),
	...([
		['[/', '/]'],
		['[\\', '\\]'],
		['[/', '\\]'],
		['[\\', '/]'],
		['>', ']']
	] as [string, string][]),
	...([
		['[', ']'],
		['(', ')'],
		['{', '}']
	] as [string, string][])
];

/** Arrows and lines of every kind: plain, dotted and thick, with a text inside or behind. */
const arrows = [
	/^<?(?:--+|==+)\s+([^|>=-][^>]*?)\s+(?:--+|==+)[>ox]?(?=[\s\w"]|$)/,
	/^<?-\.+\s+(.+?)\s+\.+-[>ox]?/,
	/^<?(?:--+[>ox]?|==+[>ox]?|-\.+-[>ox]?|~~~+)(?:\s*\|([^|]*)\|)?/
];

/**
 * Reads the common part of Mermaid's flow charts: nodes of every shape, arrows with and
 * without text, chains and `&`. What only tells of looks is passed over.
 * @throws NotAChart with the line and what is wrong with it
 * @example readMermaid('flowchart TD\n a{Broken?} -->|yes| b[Repair]\n a -->|no| c[Ship]')
 */
export function readMermaid(source: string): FlowNode[] {
	const nodes = new Map<string, Drawn>();
	const lines = source.replace(/^\s*---\n[^]*?\n---\n/, '').split(/\r?\n/);
	let begun = false;
	lines.forEach((line, index) => {
		for (const statement of statementsIn(line)) {
			if (!begun) {
				if (!HEADER.test(statement)) throw new NotAChart('must begin with a line such as “flowchart TD”');
				begun = true;
			} else if (!LOOKS.test(statement)) readStatement(statement, nodes, index + 1);
		}
	});
	if (nodes.size === 0) throw new NotAChart('has no step in it');
	return [...nodes.values()];
}

/** A line without its comment, parted at the semicolons that stand in no text. */
function statementsIn(line: string): string[] {
	const found: string[] = [];
	let now = '';
	let quoted = false;
	for (const sign of line.replace(/^\s*%%.*$/, '')) {
		if (sign === '"') quoted = !quoted;
		if (sign === ';' && !quoted && !/#\w*$/.test(now)) {
			found.push(now);
			now = '';
		} else now += sign;
	}
	return [...found, now].map((each) => each.trim()).filter(Boolean);
}

function readStatement(statement: string, nodes: Map<string, Drawn>, line: number): void {
	const reader = { rest: statement };
	let from = readGroup(reader, nodes, line);
	while (reader.rest) {
		const label = readArrow(reader, line);
		const to = readGroup(reader, nodes, line);
		for (const one of from) for (const other of to) nodes.get(one)!.next.push({ to: other, label });
		from = to;
	}
}

/** `a & b[Text]`: the ids of one or more nodes. */
function readGroup(reader: { rest: string }, nodes: Map<string, Drawn>, line: number): string[] {
	const ids = [readNode(reader, nodes, line)];
	while (/^&/.test(reader.rest)) {
		reader.rest = reader.rest.slice(1).trimStart();
		ids.push(readNode(reader, nodes, line));
	}
	return ids;
}

function readNode(reader: { rest: string }, nodes: Map<string, Drawn>, line: number): string {
	// A dash belongs to the name only where a letter follows: `a-->b` is an arrow.
	const [id] = /^[\p{L}\p{N}_]+(?:[-.][\p{L}\p{N}_]+)*/u.exec(reader.rest) ?? [];
	if (!id) throw new NotAChart(`cannot be read in line ${line}: “${reader.rest.slice(0, 30)}”`);
	reader.rest = reader.rest.slice(id.length);
	const name = safeName(id);
	const node = nodes.get(name) ?? { id: name, text: id, next: [] };
	nodes.set(name, node);
	const shape = shapes.find(([open]) => reader.rest.startsWith(open) && endOf(reader.rest, open) >= 0);
	if (shape) node.text = takeText(reader, shape[0]);
	else if (/^[[({]/.test(reader.rest)) throw new NotAChart(`has a bracket in line ${line} that is not closed`);
	reader.rest = reader.rest.replace(/^:::[\w-]+/, '').trimStart();
	return name;
}

const safeName = (id: string) =>
	/^[\w-]{1,40}$/.test(id) ? id : `n${[...id].map((sign) => sign.codePointAt(0)!.toString(36)).join('')}`.slice(0, 40);

/** Where the text that an opening bracket begins comes to its end; -1 where it does not. */
function endOf(rest: string, open: string): number {
	const closings = shapes.filter(([each]) => each === open).map(([, close]) => close);
	const quoted = rest.slice(open.length).trimStart().startsWith('"');
	const from = quoted ? rest.indexOf('"', rest.indexOf('"') + 1) : open.length;
	if (from < 0) return -1;
	const ends = closings.map((close) => rest.indexOf(close, from)).filter((at) => at >= 0);
	return ends.length > 0 ? Math.min(...ends) : -1;
}

function takeText(reader: { rest: string }, open: string): string {
	const end = endOf(reader.rest, open);
	const text = reader.rest.slice(open.length, end);
	const close = shapes.filter(([each]) => each === open).find(([, each]) => reader.rest.startsWith(each, end))![1];
	reader.rest = reader.rest.slice(end + close.length);
	return plain(text);
}

function readArrow(reader: { rest: string }, line: number): string {
	for (const arrow of arrows) {
		const found = arrow.exec(reader.rest);
		if (!found?.[0]) continue;
		reader.rest = reader.rest.slice(found[0].length).trimStart();
		return plain(found[1] ?? '');
	}
	throw new NotAChart(`cannot be read in line ${line}: “${reader.rest.slice(0, 30)}”`);
}

/** Texts without quotes, line breaks and what is written for a browser. */
const plain = (text: string) =>
	text
		.trim()
		.replace(/^"([^]*)"$/, '$1')
		.replace(/^`([^]*)`$/, '$1')
		.replace(/<br\s*\/?>/gi, ' ')
		.replaceAll('#quot;', '"')
		.replaceAll('#amp;', '&')
		.replace(/\s+/g, ' ')
		.trim();

/** The same chart as Mermaid text, for those who write on with it elsewhere. */
export function writeMermaid(nodes: FlowNode[]): string {
	const quote = (text: string) => `"${text.replaceAll('"', '#quot;')}"`;
	const boxes = nodes.map(({ id, text, next }) =>
		next.length > 1
			? `\t${id}{${quote(text)}}`
			: next.length === 0
				? `\t${id}([${quote(text)}])`
				: `\t${id}[${quote(text)}]`
	);
	const ways = nodes.flatMap(({ id, next }) =>
		next.map(({ to, label }) => (label ? `\t${id} -->|${quote(label)}| ${to}` : `\t${id} --> ${to}`))
	);
	return ['flowchart TD', ...boxes, ...ways].join('\n');
}
