import { twoSided } from '#src/platform/statistics/normal.ts';

/** How two groups differ on a scale whose steps have an order but no distances. */
export interface OrdinalComparison {
	/** Pairs in which `a` stands higher, with equal ones as halves. */
	u: number;
	/** The chance that somebody of `a` stands higher than somebody of `b`, equal ones as halves: 0.5 is no difference. */
	superiority: number;
	/** Standard normal where the groups do not differ; corrected for ties and for continuity. */
	z: number;
	/** Two-sided. */
	p: number;
}

/**
 * The test of Mann and Whitney for two groups on one scale, by the normal approximation
 * (as R's `wilcox.test(exact = FALSE)` has it).
 * @param a how many chose each step, from the lowest to the highest; `b` has as many steps
 * @returns null where a group is empty or all stand on one step
 */
export function compareOrdinal(
	a: readonly number[],
	b: readonly number[],
	{ continuity = true }: { continuity?: boolean } = {}
): OrdinalComparison | null {
	const [n, m] = [sum(a), sum(b)];
	let u = 0;
	let below = 0;
	for (const [step, count] of a.entries()) {
		u += count * (below + b[step]! / 2);
		below += b[step]!;
	}
	const all = n + m;
	const ties = sum(a.map((count, step) => (count + b[step]!) ** 3 - (count + b[step]!)));
	const variance = ((n * m) / 12) * (all + 1 - ties / (all * (all - 1)));
	if (!(variance > 0)) return null;
	const off = u - (n * m) / 2;
	const z = (off - (continuity ? Math.sign(off) * 0.5 : 0)) / Math.sqrt(variance);
	return { u, superiority: u / (n * m), z, p: twoSided(z) };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
