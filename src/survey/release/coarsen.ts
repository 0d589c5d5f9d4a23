/** Categories that are counted together. */
export type Blocks = number[][];

/** How a table is shown: which of its rows and columns stand together. */
export interface Coarse {
	rows: Blocks;
	cols: Blocks;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const inBlock = (counts: readonly number[], block: readonly number[]) => sum(block.map((at) => counts[at]!));

/**
 * Puts categories together until each figure counts `min` people at least. What nobody chose
 * and what few chose ends up in the same block, so that the two look the same.
 * @param ordered how many of them, from the first on, have an order: only neighbours join
 * @returns null where everything would stand together
 */
export function coarsen(counts: readonly number[], ordered: number, min: number): Blocks | null {
	const blocks = ordered > 0 ? joinNeighbours(counts, ordered, min) : joinSmall(counts, min);
	const safe = blocks.length > 1 && blocks.every((block) => inBlock(counts, block) >= min);
	return safe ? blocks : null;
}

/** Steps join with a neighbour on their own half of the scale first: the halves are what is compared. */
function joinNeighbours(counts: readonly number[], ordered: number, min: number): Blocks {
	const half = Math.ceil(ordered / 2);
	const blocks: Blocks = Array.from({ length: ordered }, (_, at) => [at]);
	const size = (at: number) => inBlock(counts, blocks[at]!);
	const side = (at: number) => (blocks[at]![0]! < half ? 0 : 1);
	for (;;) {
		const small = smallest(blocks.map((_, at) => size(at)));
		if (blocks.length === 1 || size(small) >= min) break;
		const neighbours = [small - 1, small + 1].filter((at) => at in blocks);
		const own = neighbours.filter((at) => side(at) === side(small));
		const [other] = (own.length > 0 ? own : neighbours).sort((a, b) => size(a) - size(b));
		const first = Math.min(small, other!);
		blocks.splice(first, 2, [...blocks[first]!, ...blocks[first + 1]!]);
	}
	return withLast(blocks, counts, ordered, min);
}

/** Who gave no answer stands beside the scale, or where they are few, with its smallest block. */
function withLast(blocks: Blocks, counts: readonly number[], ordered: number, min: number): Blocks {
	if (counts.length === ordered) return blocks;
	if (counts[ordered]! >= min) return [...blocks, [ordered]];
	const at = smallest(blocks.map((block) => inBlock(counts, block)));
	return blocks.map((block, index) => (index === at ? [...block, ordered] : block));
}

/** All that are too small stand together, with the next larger one where they alone would be too few. */
function joinSmall(counts: readonly number[], min: number): Blocks {
	const order = counts.map((_, at) => at).sort((a, b) => counts[a]! - counts[b]! || a - b);
	const small = order.filter((at) => counts[at]! < min);
	if (small.length === 0) return counts.map((_, at) => [at]);
	const rest = order.slice(small.length);
	while (rest.length > 0 && (small.length < 2 || inBlock(counts, small) < min)) small.push(rest.shift()!);
	return [...rest.sort((a, b) => a - b).map((at) => [at]), small.sort((a, b) => a - b)];
}

const smallest = (sizes: readonly number[]) => sizes.indexOf(Math.min(...sizes));

/**
 * The same for a table: rows and columns join as a whole, so that nothing can be subtracted
 * from another figure. Of the ways to do it, the one that leaves most to see.
 * @param cells counts by row and column
 * @param rows blocks of rows, and `cols` of columns, that are shown apart from the table
 * @param ordered how many columns have an order
 */
export function coarsenTable(
	cells: readonly (readonly number[])[],
	{ rows, cols }: Coarse,
	ordered: number,
	min: number
): Coarse | null {
	let best: { shown: number; coarse: Coarse } | null = null;
	for (const level of levelsOf(columnTotals(cells), cols, ordered)) {
		const kept = keepRows(cells, rows, level, min);
		const shown = kept ? kept.single * (level.length - 1) : 0;
		if (kept && shown > (best?.shown ?? 0)) best = { shown, coarse: { rows: kept.rows, cols: level } };
	}
	return best?.coarse ?? null;
}

function columnTotals(cells: readonly (readonly number[])[]): number[] {
	return cells[0]!.map((_, col) => sum(cells.map((row) => row[col]!)));
}

/** Ever coarser columns: all, the halves of a scale, the largest against the rest. */
function levelsOf(totals: readonly number[], cols: Blocks, ordered: number): Blocks[] {
	const half = Math.ceil(ordered / 2);
	const upper = (at: number) => at >= half && at < ordered;
	const halves = cols.every((block) => block.every(upper) || !block.some(upper));
	const split = [cols.flat().filter((at) => !upper(at)), cols.flat().filter(upper)].filter((block) => block.length > 0);
	const largest = [...cols].sort((a, b) => inBlock(totals, b) - inBlock(totals, a));
	const tops = cols.map((_, m) => m + 1).filter((m) => m < cols.length - 1);
	const topLevels = tops.map((m) => [...largest.slice(0, m), largest.slice(m).flat()]).reverse();
	return [cols, ...(ordered > 0 && halves && split.length === 2 ? [split] : []), ...(ordered > 0 ? [] : topLevels)];
}

/** Rows all of whose figures are large enough stay; the others stand together, and take the smallest with them where they are too few. */
function keepRows(
	cells: readonly (readonly number[])[],
	rows: Blocks,
	cols: Blocks,
	min: number
): { rows: Blocks; single: number } | null {
	const safe = (block: readonly number[]) =>
		cols.every((col) => sum(block.map((row) => inBlock(cells[row]!, col))) >= min);
	const size = (block: readonly number[]) => sum(block.map((row) => sum(cells[row]!)));
	const kept = rows.filter(safe).sort((a, b) => size(b) - size(a));
	let others = rows.filter((block) => !safe(block));
	while (others.length > 0 && kept.length > 0 && !safe(others.flat())) others = [...others, kept.pop()!];
	if (kept.length === 0 || kept.length + (others.length > 0 ? 1 : 0) < 2) return null;
	const order = kept.sort((a, b) => a[0]! - b[0]!);
	return { rows: others.length > 0 ? [...order, others.flat().sort((a, b) => a - b)] : order, single: kept.length };
}

/** A table's counts as it is shown. */
export const countsIn = (cells: readonly (readonly number[])[], { rows, cols }: Coarse): number[][] =>
	rows.map((block) => cols.map((col) => sum(block.map((row) => inBlock(cells[row]!, col)))));
