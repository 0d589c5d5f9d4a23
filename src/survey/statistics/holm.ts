/**
 * p-values as they count when several questions are asked of the same answers (Holm 1979):
 * the chance that any difference is found where there is none stays below each.
 * @returns the adjusted values, in the order given
 */
export function holm(values: readonly number[]): number[] {
	const adjusted = new Array<number>(values.length);
	let least = 0;
	const order = values.map((_, index) => index).sort((one, other) => values[one]! - values[other]!);
	for (const [rank, index] of order.entries()) {
		least = Math.max(least, (values.length - rank) * values[index]!);
		adjusted[index] = Math.min(1, least);
	}
	return adjusted;
}
