import { dot, type Fit, type Row } from './least-squares.ts';

/** How far back values are taken to hang together: the rule of Newey and West (1994). */
export const lagsFor = (count: number): number => Math.floor(4 * (count / 100) ** (2 / 9));

/** What each value weighs in a sum of coefficients. */
export const weightsOf = (
	design: readonly Row[],
	{ inverse }: Pick<Fit, 'inverse'>,
	contrast: readonly number[]
): number[] => {
	const direction = inverse.map((line) => dot(line, contrast));
	return design.map((row) => dot(row, direction));
};

/**
 * The variance of a sum of coefficients by Newey and West (1987), with Bartlett's weights and the
 * correction n / (n - k) for small samples, as Stata's `newey` and statsmodels reckon it.
 * @param contrast what each coefficient counts in the sum
 */
export function neweyWest(design: readonly Row[], fit: Fit, contrast: readonly number[], lags: number): number {
	const count = design.length;
	const scores = weightsOf(design, fit, contrast).map((weight, at) => weight * fit.residuals[at]!);
	let variance = dot(scores, scores);
	for (let lag = 1; lag <= Math.min(lags, count - 1); lag += 1) {
		const weight = 1 - lag / (lags + 1);
		variance += 2 * weight * dot(scores.slice(lag), scores.slice(0, count - lag));
	}
	return (variance * count) / (count - contrast.length);
}
