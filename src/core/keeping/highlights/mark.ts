import type { Range } from './find.ts';
import type { Flat } from './flat.ts';

/**
 * Puts marks around passages of sanitised HTML. A passage that goes over several elements gets several marks; where two
 * overlap, the first has the common part.
 * @example mark(html, flatten(html), [{ id, start: 0, end: 3 }])
 */
export function markPassages(html: string, flat: Flat, passages: (Range & { id: string })[]): string {
	let [result, done] = ['', 0];
	for (const { id, start, end } of disjoint(passages)) {
		piecesOf(flat, start, end).forEach(([from, to], index) => {
			const name = index === 0 ? ` id="h-${id}"` : '';
			result += `${html.slice(done, from)}<mark${name} data-highlight="${id}">${html.slice(from, to)}</mark>`;
			done = to;
		});
	}
	return result + html.slice(done);
}

function disjoint<P extends Range>(passages: P[]): P[] {
	let free = 0;
	return passages
		.toSorted((a, b) => a.start - b.start || a.end - b.end)
		.flatMap((passage) => {
			const start = Math.max(passage.start, free);
			free = Math.max(free, passage.end);
			return start < passage.end ? [{ ...passage, start }] : [];
		});
}

/** The stretches of the HTML that hold nothing but the passage's letters. */
function piecesOf({ text, starts, ends }: Flat, start: number, end: number): [number, number][] {
	const pieces: { from: number; to: number; blank: boolean }[] = [];
	for (let at = start; at < end; at += 1) {
		const [from, to] = [starts[at]!, ends[at]!];
		if (from < 0) continue;
		const last = pieces.at(-1);
		const blank = text[at] === ' ';
		if (last && (last.to === from || last.from === from)) Object.assign(last, { to, blank: last.blank && blank });
		else pieces.push({ from, to, blank });
	}
	return pieces.filter(({ blank }) => !blank).map(({ from, to }) => [from, to]);
}
