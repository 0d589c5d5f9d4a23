/**
 * How far two rankings of the same things agree: Kendall's tau-b, 1 for the same order, -1
 * for the opposite one. Ties in either count as neither.
 * @returns null where all values of one are equal
 */
export function kendall(one: readonly number[], other: readonly number[]): number | null {
	let agreeing = 0;
	let tiedOne = 0;
	let tiedOther = 0;
	const pairs = (one.length * (one.length - 1)) / 2;
	for (let i = 0; i < one.length; i++)
		for (let j = 0; j < i; j++) {
			const first = Math.sign(one[i]! - one[j]!);
			const second = Math.sign(other[i]! - other[j]!);
			agreeing += first * second;
			tiedOne += first === 0 ? 1 : 0;
			tiedOther += second === 0 ? 1 : 0;
		}
	const whole = Math.sqrt((pairs - tiedOne) * (pairs - tiedOther));
	return whole > 0 ? agreeing / whole : null;
}

/** How far results moved between two releases. */
export interface Stability {
	/** The largest change of any share, from 0 to 1. */
	largestChange: number;
	/** Kendall's tau-b of the two orders; null where there is no order. */
	agreement: number | null;
}

/**
 * @param before shares of each row, from 0 to 1; `after` has the same rows and columns
 * @param order what rows are ranked by
 */
export function stability(
	before: readonly (readonly number[])[],
	after: readonly (readonly number[])[],
	order: (row: readonly number[]) => number
): Stability {
	const changes = before.flatMap((row, at) => row.map((share, column) => Math.abs(after[at]![column]! - share)));
	return { largestChange: Math.max(0, ...changes), agreement: kendall(before.map(order), after.map(order)) };
}
