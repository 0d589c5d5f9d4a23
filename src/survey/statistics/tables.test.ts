import { expect, test } from 'vitest';
import { chiSquare, compareShares, fisher, kruskalWallis } from './tables.ts';

/** Figures are those of R 4.2.2, printed with 15 digits. */
const AS_R = 9;

test('chi-square: party and gender, Agresti 2007 p. 39, as R’s chisq.test documents it', () => {
	const found = chiSquare([
		[762, 327, 468],
		[484, 239, 477]
	])!;
	expect(found.statistic).toBeCloseTo(30.0701490957547, AS_R);
	expect(found.freedom).toBe(2);
	expect(found.p).toBeCloseTo(2.95358918321176e-7, AS_R);
});

test('chi-square: what nobody chose and who did not answer change nothing', () => {
	const bare = chiSquare([
		[20, 30],
		[25, 10]
	]);
	expect(
		chiSquare([
			[20, 0, 30],
			[0, 0, 0],
			[25, 0, 10]
		])
	).toEqual(bare);
	expect(chiSquare([])).toBeNull();
	expect(chiSquare([[20, 30]])).toBeNull();
	expect(
		chiSquare([
			[20, 0],
			[30, 0]
		])
	).toBeNull();
});

test('Fisher: the lady tasting tea, and twins of convicts, as R’s fisher.test documents them', () => {
	expect(fisher({ chosen: 3, n: 4 }, { chosen: 1, n: 4 })).toBeCloseTo(0.485714285714286, AS_R);
	expect(fisher({ chosen: 2, n: 12 }, { chosen: 15, n: 18 })).toBeCloseTo(0.000536724119143436, AS_R);
	expect(fisher({ chosen: 0, n: 4 }, { chosen: 0, n: 9 })).toBe(1);
});

test('two shares: as R’s prop.test where five are expected everywhere, exactly where not', () => {
	expect(compareShares({ chosen: 56, n: 70 }, { chosen: 48, n: 80 })).toBeCloseTo(0.013409475178669, AS_R);
	expect(compareShares({ chosen: 3, n: 4 }, { chosen: 1, n: 4 })).toBeCloseTo(0.485714285714286, AS_R);
	// A difference smaller than the correction is none, and nothing becomes surer by it.
	expect(compareShares({ chosen: 50, n: 100 }, { chosen: 50, n: 100 })).toBe(1);
});

/** Counts on the steps of a scale, from values as they were measured. */
function steps(...groups: number[][]): number[][] {
	const all = [...new Set(groups.flat())].sort((one, other) => one - other);
	return groups.map((group) => all.map((step) => group.filter((value) => value === step).length));
}

test('Kruskal–Wallis: Hollander & Wolfe 1973 p. 116, and ozone by month (ties), as R’s kruskal.test documents them', () => {
	const lungs = kruskalWallis(steps([2.9, 3, 2.5, 2.6, 3.2], [3.8, 2.7, 4, 2.4], [2.8, 3.4, 3.7, 2.2, 2]))!;
	expect(lungs.statistic).toBeCloseTo(0.771428571428572, AS_R);
	expect(lungs.p).toBeCloseTo(0.679964773578894, AS_R);
	const ozone = kruskalWallis(
		steps(
			[41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37],
			[29, 71, 39, 23, 21, 37, 20, 12, 13],
			[135, 49, 32, 64, 40, 77, 97, 97, 85, 10, 27, 7, 48, 35, 61, 79, 63, 16, 80, 108, 20, 52, 82, 50, 64, 59],
			[39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85],
			[
				...[96, 78, 73, 91, 47, 32, 20, 23, 21, 24, 44, 21, 28, 9, 13, 46, 18, 13, 24, 16, 13, 23, 36, 7, 14, 30],
				...[14, 18, 20]
			]
		)
	)!;
	expect(ozone.statistic).toBeCloseTo(29.2665763061169, AS_R);
	expect(ozone.freedom).toBe(4);
	expect(ozone.p).toBeCloseTo(6.90071411854678e-6, AS_R);
	expect(kruskalWallis([[3, 0], [4, 0]])).toBeNull(); // prettier-ignore
});
