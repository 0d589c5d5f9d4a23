import type { Block } from '../../document.ts';

/** A stretch of letters as a PDF places it. */
interface Placed {
	str?: string;
	height: number;
	width: number;
	/** Of the matrix, the last two are its place: x, and y from below. */
	transform: number[];
	hasEOL: boolean;
}

/** Letters that stand beside each other. */
export interface Line {
	text: string;
	size: number;
	x: number;
	y: number;
}

/** Puts what a page places one by one together into lines, in the order in which the page writes them. */
export function linesOf(items: Placed[]): Line[] {
	const lines: Line[] = [];
	let now: (Line & { end: number }) | undefined;
	const flush = () => {
		if (now?.text.trim()) lines.push({ ...now, text: now.text.trim() });
		now = undefined;
	};
	for (const { str = '', height, width, transform, hasEOL } of items) {
		const [x = 0, y = 0] = transform.slice(4);
		const size = Math.abs(height) || now?.size || 0;
		if (now && str && Math.abs(now.y - y) > Math.max(now.size, size) * 0.6) flush();
		if (str) {
			if (!now) now = { text: '', size, x, y, end: x };
			else if (x - now.end > size * 0.2 && !/\s$/.test(now.text) && !/^\s/.test(str)) now.text += ' ';
			now.text += str;
			now.end = x + width;
			if (str.trim()) now.size = Math.max(now.size, size);
		}
		if (hasEOL) flush();
	}
	flush();
	return lines;
}

/** Learns how large the letters of the running text are, page by page. */
export class Sizes {
	#letters = new Map<number, number>();
	/** The size in which most letters stand. */
	body = 0;

	add(lines: readonly Line[]): void {
		for (const { text, size } of lines) {
			const rounded = Math.round(size * 2) / 2;
			this.#letters.set(rounded, (this.#letters.get(rounded) ?? 0) + text.length);
		}
		let most = 0;
		for (const [size, letters] of this.#letters) if (letters > most) [this.body, most] = [size, letters];
	}
}

const bullet = /^[•◦▪‣–·●○■]\s*(?=\S)/;

/** Lines to paragraphs, items and headings: by their distance, their bullets and the size of their letters. */
export function toBlocks(lines: readonly Line[], body: number): Block[] {
	const blocks: Block[] = [];
	let last: Line | undefined;
	for (const now of lines) {
		const before = blocks.at(-1);
		const gap = last ? last.y - now.y : 0;
		const size = now.size || 1;
		const near = last !== undefined && gap > 0 && gap < size * 1.75 && Math.abs(last.size - now.size) < size * 0.12;
		const level = headingLevel(now, body);
		if (before && near && before.kind === 'heading' && level === before.level && before.text.length < 120)
			before.text = joined(before.text, now.text);
		else if (level) blocks.push({ kind: 'heading', level, text: now.text });
		else if (bullet.test(now.text)) blocks.push({ kind: 'item', level: 0, text: now.text.replace(bullet, '') });
		else if (before && near && (before.kind === 'text' || before.kind === 'item'))
			before.text = joined(before.text, now.text);
		else blocks.push({ kind: 'text', text: now.text });
		last = now;
	}
	return blocks;
}

function headingLevel({ text, size }: Line, body: number): number {
	if (!body || size < body * 1.18 || text.length > 160 || !/\p{L}/u.test(text)) return 0;
	return size > body * 1.7 ? 1 : size > body * 1.35 ? 2 : 3;
}

/** A word that was parted at the end of a line becomes whole. */
const joined = (before: string, after: string): string =>
	/\p{L}-$/u.test(before) && /^\p{Ll}/u.test(after) ? before.slice(0, -1) + after : `${before} ${after}`;
