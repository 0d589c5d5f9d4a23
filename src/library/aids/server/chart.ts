import { escapeHtml } from '#src/platform/html.ts';
import dagre from '@dagrejs/dagre';
import type { FlowNode } from '../content.ts';

const LINE = 19;
const PAD = { x: 16, y: 11 };
/** Letters a line, so that boxes stay as broad as a phone can show two of. */
const BROAD = 26;
/** Room above the first and below the last box, for arrows that go around. */
const MARGIN = 12;

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
	lines: string[];
	kind: 'step' | 'question' | 'end';
}

/**
 * A flow chart as SVG, laid out without a browser. Its colours are those of the page
 * around it (classes of chart.css), and all it says is text.
 * @param title what it is called by who cannot see it; the same stands beside it as a list
 */
export function chartSvg(nodes: FlowNode[], title: string): string {
	const graph = new dagre.graphlib.Graph({ multigraph: true });
	graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 40, edgesep: 18, marginx: MARGIN, marginy: MARGIN });
	graph.setDefaultEdgeLabel(() => ({}));
	const boxes = new Map(nodes.map((node) => [node.id, boxOf(node)]));
	for (const [id, { width, height }] of boxes) graph.setNode(id, { width, height });
	nodes.forEach(({ id, next }) =>
		next.forEach(({ to, label }, way) => {
			const width = label ? widthOf(label) + 10 : 0;
			graph.setEdge(id, to, { width, height: label ? LINE : 0, labelpos: 'c', label }, String(way));
		})
	);
	dagre.layout(graph);
	const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
	const drawn = nodes.map(({ id }, index) => drawBox({ ...boxes.get(id)!, ...placed(graph.node(id)) }, index));
	const ways = graph.edges().map((edge) => drawWay(graph.edge(edge) as Way));
	return [
		`<svg class="chart" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escapeHtml(title)}" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}">`,
		'<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>',
		...ways,
		...drawn,
		'</svg>'
	].join('');
}

function boxOf({ text, next }: FlowNode): Omit<Box, 'x' | 'y'> {
	const kind = next.length > 1 ? 'question' : next.length === 0 ? 'end' : 'step';
	const lines = wrap(text);
	const width = Math.max(...lines.map(widthOf)) + 2 * PAD.x + (kind === 'question' ? 36 : 0);
	return { lines, kind, width: Math.max(72, width), height: lines.length * LINE + 2 * PAD.y };
}

const placed = ({ x, y }: { x?: number; y?: number }) => ({ x: x ?? 0, y: y ?? 0 });

/** About as broad as the text will be: letters of East Asian scripts take the room of two. */
const widthOf = (text: string) =>
	[...text].reduce(
		(sum, sign) =>
			sum +
			(/[\u1100-\u11ff\u2e80-\uffef]|[\u{1f000}-\u{3ffff}]/u.test(sign)
				? 15
				: /[mwMW@%]/.test(sign)
					? 11.5
					: /[iljtf.,:;'!| ]/.test(sign)
						? 5
						: 8),
		0
	);

function wrap(text: string): string[] {
	const lines: string[] = [];
	for (const word of text.split(/\s+/)) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + word.length < BROAD) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(...(word.match(new RegExp(`.{1,${BROAD}}`, 'gu')) ?? []));
	}
	return lines;
}

/** Steps are boxes, questions have points at both sides, ends are round: told apart without colour. */
function drawBox({ x, y, width, height, lines, kind }: Box, index: number): string {
	const [left, top, right, bottom] = [x - width / 2, y - height / 2, x + width / 2, y + height / 2].map(round) as [
		number,
		number,
		number,
		number
	];
	const shape =
		kind === 'question'
			? `<path d="M${left} ${round(y)}L${left + 18} ${top}H${right - 18}L${right} ${round(y)}L${right - 18} ${bottom}H${left + 18}z"/>`
			: `<rect x="${left}" y="${top}" width="${round(width)}" height="${round(height)}" rx="${kind === 'end' ? round(height / 2) : 8}"/>`;
	const first = y - ((lines.length - 1) * LINE) / 2 + 5;
	const text = lines
		.map((line, n) => `<tspan x="${round(x)}" y="${round(first + n * LINE)}">${escapeHtml(line)}</tspan>`)
		.join('');
	return `<g class="box ${kind}" data-step="${index + 1}">${shape}<text text-anchor="middle">${text}</text></g>`;
}

interface Way {
	points?: { x: number; y: number }[];
	x?: number;
	y?: number;
	width?: number;
	label?: string;
}

function drawWay({ points = [], x = 0, y = 0, width = 0, label }: Way): string {
	const path = `<path class="way" d="${curve(points)}" marker-end="url(#tip)"/>`;
	if (!label) return path;
	const ground = `<rect class="ground" x="${round(x - width / 2)}" y="${round(y - LINE / 2)}" width="${round(width)}" height="${LINE}" rx="4"/>`;
	return `${path}${ground}<text class="answer" text-anchor="middle" x="${round(x)}" y="${round(y + 4.5)}">${escapeHtml(label)}</text>`;
}

/** A way through its points, its corners rounded. */
function curve(points: { x: number; y: number }[]): string {
	const at = ({ x, y }: { x: number; y: number }) => `${round(x)} ${round(y)}`;
	const [first, ...rest] = points;
	const last = rest.at(-1);
	if (!first || !last) return '';
	const bends = rest.slice(0, -1).map((point, index) => {
		const after = rest[index + 1]!;
		const middle = index === rest.length - 2 ? after : { x: (point.x + after.x) / 2, y: (point.y + after.y) / 2 };
		return `Q${at(point)} ${at(middle)}`;
	});
	return `M${at(first)}${bends.length > 0 ? bends.join('') : `L${at(last)}`}`;
}

const round = (number: number) => Math.round(number * 10) / 10;
