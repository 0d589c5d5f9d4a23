/** What is selected in a text, with what stands around it; undefined where nothing is. */
export interface Chosen {
	exact: string;
	prefix: string;
	suffix: string;
}

const CONTEXT = 32;

/** Reads the selection, where it lies within an element. */
export function chosenIn(element: HTMLElement): Chosen | undefined {
	const selection = document.getSelection();
	if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
	const range = selection.getRangeAt(0);
	if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return undefined;
	const exact = selection.toString().trim();
	if (exact.length < 2) return undefined;
	const [before, after] = [document.createRange(), document.createRange()];
	before.selectNodeContents(element);
	before.setEnd(range.startContainer, range.startOffset);
	after.selectNodeContents(element);
	after.setStart(range.endContainer, range.endOffset);
	return { exact, prefix: before.toString().slice(-CONTEXT), suffix: after.toString().slice(0, CONTEXT) };
}

/**
 * Lets the keyboard select sentences while the text has the focus: j the next one, k the one before; J takes one more,
 * K one less. An attachment for the element that holds the text.
 */
export function sentenceKeys(element: HTMLElement): () => void {
	let first = -1;
	let last = -1;
	const press = (event: KeyboardEvent) => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.target !== element) return;
		const all = sentencesOf(element);
		const step = { j: 1, J: 1, k: -1, K: -1 }[event.key];
		if (step === undefined || all.length === 0) return;
		event.preventDefault();
		const within = (at: number, least: number) => Math.min(Math.max(at, least), all.length - 1);
		if (event.key === event.key.toLowerCase()) first = last = within(step > 0 ? last + 1 : first - 1, 0);
		else [first, last] = [Math.max(first, 0), within(last + step, Math.max(first, 0))];
		select(all[first]!, all[last]!);
	};
	element.addEventListener('keydown', press);
	return () => element.removeEventListener('keydown', press);
}

interface Sentence {
	node: Text;
	start: number;
	endNode: Text;
	end: number;
}

const BLOCKS = 'p, li, h2, h3, h4, h5, h6, blockquote, pre, td, th, dt, dd, figcaption, caption';

/** The sentences of each block that holds no other block, in order. */
function sentencesOf(element: HTMLElement): Sentence[] {
	const segmenter = new Intl.Segmenter(document.documentElement.lang || 'en', { granularity: 'sentence' });
	const blocks = [...element.querySelectorAll<HTMLElement>(BLOCKS)].filter((one) => !one.querySelector(BLOCKS));
	return (blocks.length > 0 ? blocks : [element]).flatMap((one) => {
		const nodes = textsOf(one);
		const text = nodes.map(({ data }) => data).join('');
		return [...segmenter.segment(text)].flatMap(({ segment, index }) => {
			const words = segment.trimEnd();
			if (!words.trim()) return [];
			const [from, to] = [at(nodes, index + segment.search(/\S/)), at(nodes, index + words.length)];
			return [{ node: from.node, start: from.offset, endNode: to.node, end: to.offset }];
		});
	});
}

function textsOf(element: HTMLElement): Text[] {
	const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
	const found: Text[] = [];
	while (walker.nextNode()) found.push(walker.currentNode as Text);
	return found;
}

function at(nodes: Text[], offset: number): { node: Text; offset: number } {
	let left = offset;
	for (const node of nodes) {
		if (left <= node.length) return { node, offset: left };
		left -= node.length;
	}
	const node = nodes.at(-1)!;
	return { node, offset: node.length };
}

function select(from: Sentence, to: Sentence): void {
	document.getSelection()?.setBaseAndExtent(from.node, from.start, to.endNode, to.end);
	to.endNode.parentElement?.scrollIntoView({ block: 'nearest' });
}
