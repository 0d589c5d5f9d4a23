import { expect, test } from 'vitest';
import { differences } from './differences.ts';
import { interrupted } from './interrupted.ts';
import { leastSquares } from './least-squares.ts';
import { neweyWest } from './newey-west.ts';

/** Packs of cigarettes sold a head in California, 1970 to 2000; a tax came in 1989 (Abadie, Diamond and Hainmueller 2010). */
const california = [
	123, 121, 123.5, 124.4, 126.7, 127.1, 128, 126.4, 126.1, 121.9, 120.2, 118.6, 115.4, 110.8, 104.8, 102.8, 99.7, 97.5,
	90.1, 82.4, 77.8, 68.7, 67.5, 63.4, 58.6, 56.4, 54.5, 53.8, 52.3, 47.2, 41.6
];
const FROM = 19;
const series = (values: readonly number[]) => values.map((value, period) => ({ period, value }));

test('segmented regression agrees with Linden, Stata Journal 15 (2015), p. 487: level, trends and errors by Newey and West', () => {
	const found = interrupted(series(california), FROM, 'month', false)!;
	expect(found.before.value).toBeCloseTo(-1.779474, 4);
	expect(found.level.value).toBeCloseTo(-20.0581, 4);
	expect(found.trend.value).toBeCloseTo(-1.494652, 4);
	const design = california.map((_, at) => [1, at - FROM, at >= FROM ? 1 : 0, at >= FROM ? at - FROM : 0]);
	const fit = leastSquares(design, california)!;
	const error = (place: number) =>
		Math.sqrt(
			neweyWest(
				design,
				fit,
				[0, 1, 2, 3].map((at) => (at === place ? 1 : 0)),
				1
			)
		);
	expect(error(1)).toBeCloseTo(0.3834188, 4);
	expect(error(2)).toBeCloseTo(4.724395, 4);
	// statsmodels 0.15, OLS with cov_type HAC, one lag and its correction: of the turn, and of the mean since.
	expect(error(3)).toBeCloseTo(0.4368200589, 6);
	expect(found.average.value).toBeCloseTo(-28.2786842105, 6);
	expect(Math.sqrt(neweyWest(design, fit, [0, 0, 1, 5.5], 1))).toBeCloseTo(6.0513998851, 6);
});

test('difference in differences agrees with Arkhangelsky and others (2021) and with statsmodels', () => {
	// The 38 other states as lines with the coefficients Linden gives; their means are those of the data.
	const others = california.map((_, at) =>
		at < FROM ? 135.4995 - 0.5477701 * at : 135.4995 - 0.5477701 * FROM - 17.25168 - 1.051279 * (at - FROM)
	);
	const found = differences(series(california), series(others), FROM)!;
	expect(found.average.value).toBeCloseTo(-27.34911, 4);
	const apart = california.map((value, at) => value - others[at]!);
	const design = california.map((_, at) => [1, at >= FROM ? 1 : 0]);
	const fit = leastSquares(design, apart)!;
	expect(Math.sqrt(neweyWest(design, fit, [0, 1], 1))).toBeCloseTo(4.37594303, 6);
	expect(Math.sqrt(neweyWest(design, fit, [0, 1], 3))).toBeCloseTo(5.79527412, 6);
	expect(found.drift.value).toBeCloseTo(-1.23170358, 6);
	// Its interval is wider than that of Newey and West alone: eleven years before are few.
	expect(found.average.error).toBeGreaterThan(5.79527412);
});

test('the season is taken out, and gaps change nothing of what a line says', () => {
	const season = (at: number) => 8 * Math.sin((2 * Math.PI * at) / 12) + 3 * Math.cos((4 * Math.PI * at) / 12);
	const noise = (at: number) => ((at * 7919) % 13) / 13 - 0.5;
	const values = Array.from({ length: 60 }, (_, at) => ({
		period: at,
		value: 100 + 0.5 * at + (at >= 36 ? 12 : 0) + season(at) + noise(at)
	}));
	const whole = interrupted(values, 36, 'month')!;
	expect(whole.season).toBe(true);
	expect(Math.abs(whole.average.value - 12)).toBeLessThan(1);
	expect(whole.average.error).toBeLessThan(interrupted(values, 36, 'month', false)!.average.error / 2);
	const gapped = interrupted(
		values.filter(({ period }) => period % 17 !== 5),
		36,
		'month'
	)!;
	expect(Math.abs(gapped.average.value - 12)).toBeLessThan(1);
	expect(whole.lines.at(-1)!.fitted - whole.lines.at(-1)!.without).toBeCloseTo(
		whole.level.value + 23 * whole.trend.value,
		8
	);
});

test('what does not vary, or has no values on one side, says nothing', () => {
	expect(interrupted(series(Array<number>(40).fill(7)), 20, 'month')).toBeUndefined();
	expect(interrupted(series(california), 50, 'month', false)).toBeUndefined();
	expect(interrupted(series([1, 2, 4, 3, 5]), 2, 'month', false)).toBeUndefined();
	expect(differences(series(california), [], FROM)).toBeUndefined();
});
