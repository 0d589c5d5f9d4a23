import { cycleOf } from '../period.ts';
import type { Every } from '../metric.ts';
import { fitSeries, type Estimate, type Fitted } from './estimate.ts';
import { dot, type Row } from './least-squares.ts';

/** A value by the number of its period. */
export interface Value {
	period: number;
	value: number;
}

/** What a series did when something was done. */
export interface Interrupted {
	/** How much it was off what would have been, on average since. */
	average: Estimate;
	/** Its step at once. */
	level: Estimate;
	/** How much more it rose with each period than before. */
	trend: Estimate;
	/** How much it rose with each period before. */
	before: Estimate;
	rho: number;
	lags: number;
	/** Whether what comes again each cycle was taken out. */
	season: boolean;
	/** What the model says of each period, and what would have been without the step. */
	lines: { period: number; fitted: number; without: number }[];
}

/**
 * Segmented regression: a line before, and its step and its turn when something was done.
 * @param from the first period in which it could work
 * @param season takes out what comes again each cycle, where there are two cycles or more
 * @returns undefined where the values do not tell the parts from each other
 */
export function interrupted(
	values: readonly Value[],
	from: number,
	every: Every,
	season = cyclesIn(values, every) >= 2
): Interrupted | undefined {
	const design = values.map(({ period }) => rowOf(period, from, every, season));
	const fitted = fitSeries(
		design,
		values.map(({ value }) => value)
	);
	if (!fitted) return undefined;
	const after = values.filter(({ period }) => period >= from);
	const turned = after.reduce((sum, { period }) => sum + period - from, 0) / after.length;
	const others = Array<number>(design[0]!.length - 4).fill(0);
	return {
		average: fitted.estimate([0, 0, 1, turned, ...others]),
		level: fitted.estimate([0, 0, 1, 0, ...others]),
		trend: fitted.estimate([0, 0, 0, 1, ...others]),
		before: fitted.estimate([0, 1, 0, 0, ...others]),
		...{ rho: fitted.rho, lags: fitted.lags, season },
		lines: linesOf(values, design, fitted)
	};
}

function linesOf(values: readonly Value[], design: readonly Row[], { fit: { coefficients } }: Fitted) {
	const without = coefficients.map((each, at) => (at === 2 || at === 3 ? 0 : each));
	return values.map(({ period }, at) => ({
		period,
		fitted: dot(design[at]!, coefficients),
		without: dot(design[at]!, without)
	}));
}

const cyclesIn = (values: readonly Value[], every: Every) =>
	((values.at(-1)?.period ?? 0) - (values[0]?.period ?? 0) + 1) / cycleOf[every];

/** One, time, step, turn; and the season. */
function rowOf(period: number, from: number, every: Every, season: boolean): number[] {
	const since = period - from;
	const row = [1, since, since >= 0 ? 1 : 0, since >= 0 ? since : 0];
	return season ? [...row, ...seasonOf(period, every)] : row;
}

/** Days of the week and quarters each have a level of their own; weeks and months follow two waves a year. */
function seasonOf(period: number, every: Every): number[] {
	const cycle = cycleOf[every];
	const place = ((period % cycle) + cycle) % cycle;
	if (every === 'day' || every === 'quarter')
		return Array.from({ length: cycle - 1 }, (_, at) => (place === at ? 1 : place === cycle - 1 ? -1 : 0));
	const year = every === 'week' ? 365.2425 / 7 : 12;
	return [1, 2].flatMap((wave) => {
		const angle = (2 * Math.PI * wave * period) / year;
		return [Math.sin(angle), Math.cos(angle)];
	});
}
