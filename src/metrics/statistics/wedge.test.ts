import { expect, test } from 'vitest';
import { countOrders, groupSizes, ordersLike } from './orders.ts';
import { canTell, wedge } from './wedge.ts';

/**
 * `sw_data_example` of the R package steppedwedge 1.0 (Kenny, Arthur, Ouyang 2025), made by its script
 * `data-raw/sw_data_example.R` with R 4.2: the mean of `outcome_cont` of each cluster in each period.
 */
const example = [
	[0.084453, -0.197793, -0.121864, -0.233995, 0.067602, -0.24125],
	[-0.198815, -0.134291, -0.27829, 0.124988, 0.065965, 0.078169],
	[-0.205613, 0.531805, -0.04014, 0.101926, -0.027288, 0.198164],
	[-0.223084, -0.245279, -0.43876, -0.279996, -0.40361, -0.103436],
	[0.167838, -0.070529, 0.30915, 0.180876, 0.253116, 0.19952],
	[-0.354235, 0.034648, -0.011777, -0.351676, 0.07442, 0.214249],
	[0.211211, -0.329104, 0.106096, 0.321518, 0.612446, 0.464481],
	[0.199501, -0.169657, 0.117738, 0.006022, 0.177744, -0.256191],
	[-0.249913, 0.086661, 0.090824, -0.240168, -0.183022, -0.291446],
	[-0.287054, -0.302325, -0.257814, -0.145868, 0.017168, 0.406777],
	[-0.214107, 0.526626, -0.08163, 0.104625, 0.150286, 0.600623],
	[0.17817, 0.372189, -0.03605, 0.219277, -0.054415, -0.108695],
	[0.390603, 0.136977, 0.132132, -0.126579, 0.279984, 0.205594],
	[0.170582, -0.221936, 0.163575, -0.248914, -0.240802, -0.242724],
	[0.431217, -0.005579, 0.401319, 0.285975, -0.046734, -0.111345]
];

test('fifteen clusters of a published example: the effect that R reckons', () => {
	// R 4.2: lm(mean ~ factor(cluster) + factor(period) + trt) prints 0.07111831429.
	const found = wedge(
		example,
		example.map((_, at) => Math.floor(at / 3) + 1)
	)!;
	expect(found.value).toBeCloseTo(0.07111831429, 8);
	expect(found).toMatchObject({ orders: 5000, all: false });
	expect(found.low).toBeLessThan(found.value);
});

test('a cluster of each step: effect, chance and interval that R reckons from all 120 orders', () => {
	// R 4.2: `lm` for each order of y - delta * trt; the interval by halving where the chance passes 0.05.
	const five = [0, 3, 6, 9, 12].map((at) => example[at]!);
	const found = wedge(five, [1, 2, 3, 4, 5])!;
	expect(found).toMatchObject({ orders: 120, all: true });
	expect(found.value).toBeCloseTo(0.1387481286, 8);
	expect(found.chance).toBeCloseTo(0.2666666667, 8);
	expect(found.low).toBeCloseTo(-0.1047275, 6);
	expect(found.high).toBeCloseTo(0.35513236, 6);
});

test('what a place or a period has of its own changes nothing, and what was done moves the interval with it', () => {
	const five = [0, 3, 6, 9, 12].map((at) => example[at]!);
	const steps = [3, 1, 5, 2, 4];
	const before = wedge(five, steps)!;
	const moved = five.map((line, place) =>
		line.map((each, at) => each + place * 9 - at ** 2 + (at >= steps[place]! ? 2 : 0))
	);
	const after = wedge(moved, steps)!;
	for (const name of ['value', 'low', 'high'] as const) expect(after[name] - before[name]).toBeCloseTo(2, 8);
});

test('orders are all there are, each once, or some by lot, the same each time', () => {
	const all = Array.from(ordersLike([1, 2, 2, 3, 1]), (order) => order.join(''));
	expect(new Set(all).size).toBe(countOrders([2, 2, 1]));
	expect(all).toHaveLength(30);
	const twelve = Array.from({ length: 12 }, (_, at) => (at % 6) + 1);
	const some = () => Array.from(ordersLike(twelve), (order) => order.join());
	const once = some();
	expect(once).toHaveLength(5000);
	expect(once).toEqual(some());
	expect(groupSizes(7, 3)).toEqual([3, 2, 2]);
	expect(countOrders([3, 3, 3, 3, 3])).toBe(168_168_000);
});

test('too few orders give no interval: two mirrored groups of three count as ten', () => {
	expect(canTell(4, 4)).toBe(true);
	expect(canTell(4, 3)).toBe(false);
	expect(canTell(6, 2)).toBe(false);
	expect(canTell(8, 2)).toBe(true);
	expect(canTell(5, 6)).toBe(false);
	expect(wedge(Array(5).fill([1, 2, 3, 4, 5, 6]) as number[][], [1, 2, 3, 4, 5])).toBeUndefined();
});
