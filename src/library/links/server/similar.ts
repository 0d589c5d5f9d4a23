/** Below this share two texts are no longer the same page for a reader. */
const SAME = 0.9;
const RUN = 3;

/**
 * How much of two texts is the same: the runs of three words that both have, among all
 * that either has. Order of paragraphs, spaces and case do not count.
 * @returns 0 to 1
 */
export function similarity(before: string, after: string): number {
	if (before === after) return 1;
	const [a, b] = [runsOf(before), runsOf(after)];
	if (a.size === 0 && b.size === 0) return 1;
	let shared = 0;
	for (const run of a) if (b.has(run)) shared += 1;
	return shared / (a.size + b.size - shared);
}

/** Whether a reader who checked the one should look at the other. */
export const hasDrifted = (before: string, after: string) => similarity(before, after) < SAME;

function runsOf(text: string): Set<string> {
	const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	if (words.length < RUN) return new Set(words);
	const runs = new Set<string>();
	for (let at = 0; at + RUN <= words.length; at += 1) runs.add(words.slice(at, at + RUN).join(' '));
	return runs;
}
