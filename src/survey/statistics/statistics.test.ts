import { expect, test } from 'vitest';
import { holm } from './holm.ts';
import { compareOrdinal } from './ordinal.ts';
import { newcombe, wilson } from '#src/platform/statistics/proportions.ts';
import { kendall, stability } from './ranking.ts';

/** Newcombe, Statistics in Medicine 17 (1998) 857–872, Table I; with all digits from R's prop.test(correct = FALSE). */
test.each([
	[81, 263, 0.255288519878274, 0.3662095769828],
	[15, 148, 0.0623863995307363, 0.160487241722308],
	[0, 20, 0, 0.161125158052819],
	[1, 29, 0.00611321429276266, 0.171755218793203]
])('Wilson: %i of %i', (chosen, n, low, high) => {
	const found = wilson(chosen, n);
	expect(found.low).toBeCloseTo(low, 9);
	expect(found.high).toBeCloseTo(high, 9);
});

/** What defines it: at its ends the score test is just at its limit, z = 1.959963984540054. */
test('Wilson: its ends solve the score equation to 1e-12', () => {
	for (const [chosen, n] of [
		[81, 263],
		[15, 148],
		[3, 7],
		[599, 600]
	] as const)
		for (const end of Object.values(wilson(chosen, n)))
			expect(Math.abs(chosen / n - end) / Math.sqrt((end * (1 - end)) / n)).toBeCloseTo(1.959963984540054, 9);
});

/** Newcombe, Statistics in Medicine 17 (1998) 873–890, Table II, method 10; with all digits put together in R from prop.test. */
test.each([
	[56, 70, 48, 80, 0.0524314724023649, 0.333872654036906],
	[9, 10, 3, 10, 0.170522723934503, 0.809017973535488],
	[6, 7, 2, 7, 0.0582279274823123, 0.806249637524228],
	[5, 56, 0, 29, -0.0381371479035369, 0.192560013855112],
	[0, 10, 0, 20, -0.161125158052819, 0.277532799862889],
	[0, 10, 0, 10, -0.277532799862889, 0.277532799862889],
	[10, 10, 0, 20, 0.679086037141915, 1],
	[10, 10, 0, 10, 0.607509350430524, 1]
])('Newcombe: %i of %i less %i of %i', (a, n, b, m, low, high) => {
	const found = newcombe({ chosen: a, n }, { chosen: b, n: m });
	expect(found.low).toBeCloseTo(low, 9);
	expect(found.high).toBeCloseTo(high, 9);
});

/** Counts on the steps of a scale, from values as they were measured. */
function steps(...groups: number[][]): number[][] {
	const all = [...new Set(groups.flat())].sort((one, other) => one - other);
	return groups.map((group) => all.map((step) => group.filter((value) => value === step).length));
}

test('Mann–Whitney: Hollander & Wolfe 1973 p. 69, as R’s wilcox.test documents it: W = 35', () => {
	const [x, y] = steps([0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46], [1.15, 0.88, 0.9, 0.74, 1.21]) as [
		number[],
		number[]
	];
	const found = compareOrdinal(x, y, { continuity: false })!;
	expect(found.u).toBe(35);
	// (35 - 25) / sqrt(10 * 5 * 16 / 12) = sqrt(1.5), and 2 Φ(-sqrt(1.5)) = 0.220671361919847
	expect(found.z).toBeCloseTo(Math.sqrt(1.5), 12);
	expect(found.p).toBeCloseTo(0.220671361919847, 9);
	expect(found.superiority).toBe(0.7);
});

test('Mann–Whitney with ties: ozone in May and August (airquality), R: W = 127.5, p-value = 0.0001208', () => {
	const may = [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37];
	const august = [
		...[39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85]
	];
	const [a, b] = steps(may, august) as [number[], number[]];
	const found = compareOrdinal(a, b)!;
	expect(found.u).toBe(127.5);
	expect(found.p).toBeCloseTo(0.000120807830768774, 9);
});

test('Mann–Whitney on four steps: two published rows of 2013, R’s wilcox.test of the same', () => {
	const found = compareOrdinal([25, 42, 20, 13], [14, 33, 35, 18])!;
	expect(found.u).toBe(3929);
	expect(found.p).toBeCloseTo(0.0062586221323938, 9);
});

test('Mann–Whitney tells nothing where there is nothing to tell', () => {
	expect(compareOrdinal([0, 0], [3, 4])).toBeNull();
	expect(compareOrdinal([5, 0], [7, 0])).toBeNull();
});

test('Holm: values keep their order, and none counts for more than it does', () => {
	const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
	for (const [at, value] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[at]).toBeCloseTo(value, 12);
	expect(holm([0.6, 0.7])).toEqual([1, 1]);
	expect(holm([])).toEqual([]);
});

test('Kendall: Hollander & Wolfe 1973 p. 185, as R’s cor.test documents it: tau = 0.4444444', () => {
	const tuna = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1];
	const panel = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8];
	expect(kendall(tuna, panel)).toBeCloseTo(0.4444444, 7);
	expect(kendall([1, 2, 2, 3, 5, 5], [2, 1, 3, 3, 4, 6])).toBeCloseTo(0.741249316661101, 9);
	expect(kendall([1, 2, 2, 3], [1, 2, 2, 3])).toBe(1);
	expect(kendall([1, 1], [1, 2])).toBeNull();
});

test('stability: the largest change of a cell, and whether the order held', () => {
	const before = [
		[0.5, 0.5],
		[0.2, 0.8]
	];
	const after = [
		[0.53, 0.47],
		[0.2, 0.8]
	];
	const found = stability(before, after, ([, high]) => high!);
	expect(found.largestChange).toBeCloseTo(0.03, 12);
	expect(found.agreement).toBe(1);
});
