/** A line of what explains a value: one number for each coefficient. */
export type Row = readonly number[];

export interface Fit {
	coefficients: number[];
	residuals: number[];
	/** The inverse of X'X. */
	inverse: number[][];
}

export const dot = (one: readonly number[], other: readonly number[]): number => {
	let sum = 0;
	for (let at = 0; at < one.length; at += 1) sum += one[at]! * other[at]!;
	return sum;
};

/** A column of a design. */
export const columnOf = (design: readonly Row[], at: number): number[] => design.map((row) => row[at]!);

/**
 * Ordinary least squares.
 * @param design a row for each value
 * @returns undefined where its columns do not differ from each other
 */
export function leastSquares(design: readonly Row[], values: readonly number[]): Fit | undefined {
	const width = design[0]?.length ?? 0;
	const columns = Array.from({ length: width }, (_, at) => columnOf(design, at));
	// Columns of one size keep the inverse exact, whatever the units are.
	const sizes = columns.map((column) => Math.sqrt(dot(column, column)));
	if (sizes.some((size) => size === 0)) return undefined;
	const scaled = columns.map((column, at) => column.map((each) => each / sizes[at]!));
	const inverse = invert(scaled.map((one) => scaled.map((other) => dot(one, other))));
	if (!inverse) return undefined;
	const right = scaled.map((column) => dot(column, values));
	const coefficients = inverse.map((line, at) => dot(line, right) / sizes[at]!);
	return {
		coefficients,
		residuals: values.map((value, at) => value - dot(design[at]!, coefficients)),
		inverse: inverse.map((line, i) => line.map((each, j) => each / (sizes[i]! * sizes[j]!)))
	};
}

/** The inverse of a symmetric matrix that is positive (Gauss and Jordan, with pivots); undefined where it has none. */
function invert(matrix: number[][]): number[][] | undefined {
	const size = matrix.length;
	const work = matrix.map((line, at) => [...line, ...line.map((_, column) => (column === at ? 1 : 0))]);
	for (let at = 0; at < size; at += 1) {
		let pivot = at;
		for (let row = at + 1; row < size; row += 1)
			if (Math.abs(work[row]![at]!) > Math.abs(work[pivot]![at]!)) pivot = row;
		[work[at], work[pivot]] = [work[pivot]!, work[at]!];
		const line = work[at]!;
		const head = line[at]!;
		if (Math.abs(head) < 1e-10) return undefined;
		for (let column = 0; column < 2 * size; column += 1) line[column]! /= head;
		for (const [row, other] of work.entries()) {
			const factor = other[at]!;
			if (row === at || factor === 0) continue;
			for (let column = 0; column < 2 * size; column += 1) other[column]! -= factor * line[column]!;
		}
	}
	return work.map((line) => line.slice(size));
}

export const product = (one: readonly number[][], other: readonly number[][]): number[][] =>
	one.map((line) => other[0]!.map((_, column) => line.reduce((sum, each, at) => sum + each * other[at]![column]!, 0)));

export const trace = (matrix: readonly number[][]): number => matrix.reduce((sum, line, at) => sum + line[at]!, 0);
