import { isAsked, type Answers, type Question } from '../survey.ts';
import { coarsenTable, countsIn, type Blocks, type Coarse } from './coarsen.ts';
import { NO_ANSWER, type Variable } from './variables.ts';

/** In which place each option of an order stood: a table of options by places. */
export const placesKey = (key: string): string => `${key}#places`;

/** Counts of answers by option and place. Who was not asked, or put nothing in order, counts in none. */
export function placesIn(
	{ key, options, ...question }: Question,
	answers: readonly Answers[],
	before?: number[][]
): number[][] {
	const cells = options.map((_, row) => options.map((__, col) => before?.[row]?.[col] ?? 0));
	for (const given of answers) {
		const order = isAsked({ key, options, ...question }, given) ? given[key] : undefined;
		if (Array.isArray(order)) order.forEach((option, place) => (cells[option!]![place]! += 1));
	}
	return cells;
}

/**
 * How the table of places is put together, given the one of what stood first. Its options stand
 * together as they do there, or more of them: the first place of the one is what the other shows.
 * @param first how what stood first is shown, and whether its figures are shown just now
 * @returns null where it would tell how many gave no order, though few did
 */
export function coarsePlaces(
	{ categories }: Variable,
	cells: readonly (readonly number[])[],
	first: Blocks,
	min: number
): Coarse | null {
	const none = categories.indexOf(NO_ANSWER);
	const apart = first.filter((block) => none < 0 || !block.includes(none));
	// Who gave no order stands with an option there: to count the options here would count them.
	if (none >= 0 && apart.length === first.length) return null;
	if (apart.flat().length < cells.length) return null;
	const places = cells.map((_, place) => [place]);
	const coarse = coarsenTable(cells, { rows: apart, cols: places }, places.length, min);
	return coarse && placesSafe(coarse, cells, min) ? coarse : null;
}

/** One person counts in a cell as often as it has options or places, whichever is fewer: so it must count more. */
export const placesSafe = (coarse: Coarse, cells: readonly (readonly number[])[], min: number): boolean =>
	countsIn(cells, coarse).every((row, r) =>
		row.every((count, c) => count >= min * Math.min(coarse.rows[r]!.length, coarse.cols[c]!.length))
	);
