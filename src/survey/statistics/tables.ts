import jstat from 'jstat';
import type { Part } from '#src/platform/statistics/proportions.ts';

const { chisquare, gammaln } = jstat.jStat;

/** Whether groups differ more than chance lets expect. */
export interface TableTest {
	/** Follows the chi-square distribution where they do not. */
	statistic: number;
	freedom: number;
	p: number;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const upper = (statistic: number, freedom: number) => Math.max(0, 1 - chisquare.cdf(statistic, freedom));

/**
 * Pearson's chi-square test of a table whose columns have no order, without correction.
 * @param table counts by group and what was chosen
 * @returns null where there are no two groups or no two choices
 */
export function chiSquare(table: readonly (readonly number[])[], { continuity = false } = {}): TableTest | null {
	const rows = table.filter((row) => sum(row) > 0);
	const totals = (rows[0] ?? []).map((_, col) => sum(rows.map((row) => row[col]!))).filter((total) => total > 0);
	if (rows.length < 2 || totals.length < 2) return null;
	const freedom = (rows.length - 1) * (totals.length - 1);
	const kept = rows.map((row) => row.filter((_, col) => rows.some((other) => other[col]! > 0)));
	const n = sum(totals);
	const parts = kept.flatMap((row) =>
		row.map((count, col) => {
			const expected = (sum(row) * totals[col]!) / n;
			const off = Math.abs(count - expected);
			return (off - (continuity ? Math.min(0.5, off) : 0)) ** 2 / expected;
		})
	);
	const statistic = sum(parts);
	return { statistic, freedom, p: upper(statistic, freedom) };
}

/** Fisher's exact test of two shares, two-sided: the tables that are no likelier than this one (as R's `fisher.test`). */
export function fisher(a: Part, b: Part): number {
	const chosen = a.chosen + b.chosen;
	const all = a.n + b.n;
	const choose = (n: number, k: number) => gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
	const chance = (x: number) => Math.exp(choose(a.n, x) + choose(b.n, chosen - x) - choose(all, chosen));
	const limit = chance(a.chosen) * (1 + 1e-7);
	let p = 0;
	for (let x = Math.max(0, chosen - b.n); x <= Math.min(a.n, chosen); x += 1) {
		const here = chance(x);
		if (here <= limit) p += here;
	}
	return Math.min(1, p);
}

/**
 * The chance that two shares differ as they do where nothing differs: chi-square with Yates's
 * correction (as R's `prop.test`), Fisher's exact test where fewer than five are expected anywhere.
 */
export function compareShares(a: Part, b: Part): number {
	const share = (a.chosen + b.chosen) / (a.n + b.n);
	const least = Math.min(a.n, b.n) * Math.min(share, 1 - share);
	if (least < 5) return fisher(a, b);
	const table = [a, b].map(({ chosen, n }) => [chosen, n - chosen]);
	return chiSquare(table, { continuity: true })?.p ?? 1;
}

/**
 * The test of Kruskal and Wallis of several groups on one scale, corrected for ties (as R's `kruskal.test`).
 * @param groups how many of each group chose each step, from the lowest to the highest
 * @returns null where fewer than two groups answered, or all stand on one step
 */
export function kruskalWallis(groups: readonly (readonly number[])[]): TableTest | null {
	const kept = groups.filter((group) => sum(group) > 0);
	if (kept.length < 2) return null;
	const totals = kept[0]!.map((_, step) => sum(kept.map((group) => group[step]!)));
	const n = sum(totals);
	const ties = 1 - sum(totals.map((total) => total ** 3 - total)) / (n ** 3 - n);
	if (!(ties > 0)) return null;
	const ranks = totals.map((total, step) => sum(totals.slice(0, step)) + (total + 1) / 2);
	const spread = sum(kept.map((group) => sum(group.map((count, step) => count * ranks[step]!)) ** 2 / sum(group)));
	const statistic = ((12 / (n * (n + 1))) * spread - 3 * (n + 1)) / ties;
	const freedom = kept.length - 1;
	return { statistic, freedom, p: upper(statistic, freedom) };
}
