import { studentSpread } from '#src/platform/statistics/student.ts';
import { autoregression, autoregressiveVariance } from './autoregression.ts';
import { dot, leastSquares, type Fit, type Row } from './least-squares.ts';
import { lagsFor, neweyWest } from './newey-west.ts';

/** A number that was reckoned, and how sure it is. */
export interface Estimate {
	value: number;
	/** The 95 % interval. */
	low: number;
	high: number;
	error: number;
	/** Degrees of freedom of the interval. */
	freedom: number;
	/** The smallest true value that four of five such series would show. */
	smallest: number;
}

/** A series that was fitted, to ask several numbers of. */
export interface Fitted {
	fit: Fit;
	/** How neighbouring errors hang together. */
	rho: number;
	freedom: number;
	lags: number;
	estimate(contrast: readonly number[]): Estimate;
}

const POWER = 0.8;

/**
 * Fits a series with errors that may hang together. The variance is the larger of that of Newey
 * and West, which holds for any way they do in long series, and that of a first-order
 * autoregression freed of bias, which holds in short ones. Student's distribution pays for both
 * the size and the dependence of the errors being reckoned from the same few values.
 * @returns undefined where the columns cannot be told apart, or nothing varies
 */
export function fitSeries(design: readonly Row[], values: readonly number[]): Fitted | undefined {
	const fit = leastSquares(design, values);
	const spare = design.length - (design[0]?.length ?? 0);
	if (!fit || spare < 3) return undefined;
	const size = Math.max(...values.map(Math.abs));
	if (Math.max(...fit.residuals.map(Math.abs)) <= size * 1e-12) return undefined;
	const rho = autoregression(design, fit);
	const freedom = Math.max(2, (spare * (1 - rho ** 2)) / (3 + rho ** 2));
	const lags = lagsFor(design.length);
	const estimate = (contrast: readonly number[]): Estimate => {
		const value = dot(contrast, fit.coefficients);
		const variances = [neweyWest(design, fit, contrast, lags), autoregressiveVariance(design, fit, contrast, rho)];
		return estimateOf(value, Math.sqrt(Math.max(...variances)), freedom);
	};
	return { fit, rho, freedom, lags, estimate };
}

/** A value with its interval, from its standard error. */
export function estimateOf(value: number, error: number, freedom: number): Estimate {
	const spread = studentSpread(0.95, freedom);
	const seen = spread + studentSpread(2 * POWER - 1, freedom);
	return { value, error, freedom, low: value - spread * error, high: value + spread * error, smallest: seen * error };
}
