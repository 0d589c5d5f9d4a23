import { columnOf, dot, product, trace, type Fit, type Row } from './least-squares.ts';
import { weightsOf } from './newey-west.ts';

/** How much a value hangs together with the one before it: beyond these a level and a trend cannot be parted. */
const [LEAST, MOST] = [-0.9, 0.97];

/**
 * How neighbouring errors hang together (first order), freed of what the fit takes away: the
 * residuals of a trend and a step look less alike than the errors were. The value is the one
 * under which residuals would be expected to be as alike as they are.
 */
export function autoregression(design: readonly Row[], fit: Fit): number {
	const { residuals } = fit;
	const alike = dot(residuals.slice(1), residuals.slice(0, -1)) / dot(residuals, residuals);
	let [low, high] = [LEAST, MOST];
	const expected = (rho: number) => {
		const { own, next } = tracesOf(design, fit, rho);
		return next / own;
	};
	if (expected(high) <= alike) return high;
	if (expected(low) >= alike) return low;
	for (let step = 0; step < 25; step += 1) {
		const middle = (low + high) / 2;
		if (expected(middle) < alike) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

/** The variance of a sum of coefficients under errors that hang together so. */
export function autoregressiveVariance(
	design: readonly Row[],
	fit: Fit,
	contrast: readonly number[],
	rho: number
): number {
	const weights = weightsOf(design, fit, contrast);
	const { own } = tracesOf(design, fit, rho);
	const scale = dot(fit.residuals, fit.residuals) / own;
	return scale * dot(weights, correlated(weights, rho));
}

/** What the residuals' squares, and their products with the next, are expected to add up to; in units of an error's variance. */
function tracesOf(design: readonly Row[], { inverse }: Fit, rho: number): { own: number; next: number } {
	const count = design.length;
	const columns = inverse.map((_, at) => columnOf(design, at));
	const smooth = columns.map((column) => correlated(column, rho));
	const shifted = columns.map(neighbours);
	const table = (one: readonly number[][], other: readonly number[][]) =>
		one.map((each) => other.map((its) => dot(each, its)));
	const held = product(inverse, table(columns, smooth));
	const moved = product(inverse, table(columns, shifted));
	const own = count - trace(held);
	const next = (count - 1) * rho - 2 * trace(product(inverse, table(shifted, smooth))) + trace(product(moved, held));
	return { own, next };
}

/** Half the sum of both neighbours. */
const neighbours = (values: readonly number[]): number[] =>
	values.map((_, at) => ((values[at - 1] ?? 0) + (values[at + 1] ?? 0)) / 2);

/** The matrix of correlations rho^|s-t| times a column, in one pass there and one back. */
function correlated(values: readonly number[], rho: number): number[] {
	const there = [...values];
	const back = [...values];
	for (let at = 1; at < values.length; at += 1) there[at] = values[at]! + rho * there[at - 1]!;
	for (let at = values.length - 2; at >= 0; at -= 1) back[at] = values[at]! + rho * back[at + 1]!;
	return there.map((each, at) => each + back[at]! - values[at]!);
}
