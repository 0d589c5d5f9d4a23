import { studentTwoSided } from '#src/platform/statistics/student.ts';
import { fitSeries, type Estimate } from './estimate.ts';
import type { Value } from './interrupted.ts';

/** What a series did against another one where nothing was done. */
export interface Differences {
	/** How much more it changed than the other. */
	average: Estimate;
	/** How much the two drifted apart with each period before: nothing, if they moved alike. */
	drift: Estimate;
	/** The chance of such a drift, or a larger one, where there is none. */
	driftChance: number;
	rho: number;
	lags: number;
	/** What the series was, and what it would have been had it changed as the other did. */
	lines: { period: number; fitted: number; without: number }[];
}

/**
 * Difference in differences: of the periods both have, the mean of their difference since, less
 * the mean of it before.
 * @param from the first period in which it could work
 * @returns undefined where nothing can be told
 */
export function differences(values: readonly Value[], others: readonly Value[], from: number): Differences | undefined {
	const pairs = paired(values, others);
	const apart = pairs.map(({ value, other }) => value - other);
	const fitted = fitSeries(
		pairs.map(({ period }) => [1, period >= from ? 1 : 0]),
		apart
	);
	const before = pairs.flatMap(({ period }, at) => (period < from ? [{ period, apart: apart[at]! }] : []));
	const drifting = fitSeries(
		before.map(({ period }) => [1, period - from]),
		before.map((each) => each.apart)
	);
	if (!fitted || !drifting) return undefined;
	const drift = drifting.estimate([0, 1]);
	const usual = fitted.fit.coefficients[0]!;
	return {
		...{ average: fitted.estimate([0, 1]), drift, rho: fitted.rho, lags: fitted.lags },
		driftChance: studentTwoSided(drift.value / drift.error, drift.freedom),
		lines: pairs.map(({ period, value, other }) => ({ period, fitted: value, without: other + usual }))
	};
}

/** The periods that both have. */
export function paired(
	values: readonly Value[],
	others: readonly Value[]
): { period: number; value: number; other: number }[] {
	const by = new Map(others.map(({ period, value }) => [period, value]));
	return values.flatMap(({ period, value }) => {
		const other = by.get(period);
		return other === undefined ? [] : [{ period, value, other }];
	});
}
