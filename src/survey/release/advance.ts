import type { Answers, Question } from '../survey.ts';
import { coarsen, coarsenTable, countsIn, type Coarse } from './coarsen.ts';
import { coarsePlaces, placesIn, placesKey, placesSafe } from './places.ts';
import { pairKey, pairsOf, variablesOf, type Variable } from './variables.ts';

/** What a release shows of a table: how it is put together, and what it counts since it was shown last. */
export interface Figure extends Coarse {
	counts: number[][];
}
export type Figures = Record<string, Figure>;

/** What a table waits with: counts not shown yet, and how it was put together the first time. */
export interface HeldTable {
	cells: number[][];
	coarse: Coarse | null;
}
export type Held = Record<string, HeldTable>;

/**
 * Adds new answers to the tables of a survey and shows those that are safe to show.
 *
 * A table keeps for good the shape in which it was first shown, and shows only what has come
 * together since: so what two releases differ by is itself a table each of whose figures
 * counts `min` people at least. A table by something about the person is shown only together
 * with both of its sides, so that it says nothing of a time for which they are not shown;
 * a question that only some are asked, together with the one that decides it.
 * @param held what waited before
 */
export function advance(
	questions: readonly Question[],
	held: Held,
	answers: readonly Answers[],
	min: number
): { figures: Figures; held: Held } {
	const variables = variablesOf(questions);
	const figures: Figures = {};
	const next: Held = {};
	for (const variable of variables) {
		const waiting = added(held[variable.key], answers, variable);
		if (!mayFollow(variable)) next[variable.key] = waiting;
		else settle(variable.key, waiting, waiting.coarse ?? oneRow(coarsen(waiting.cells[0]!, variable.ordered, min)));
	}
	for (const [asked, by] of pairsOf(variables)) {
		const key = pairKey(asked.key, by.key);
		const waiting = added(held[key], answers, asked, by);
		const [cols, rows] = [figures[asked.key]?.cols, figures[by.key]?.cols];
		if (!cols || !rows) next[key] = waiting;
		else settle(key, waiting, waiting.coarse ?? coarsenTable(waiting.cells, { rows, cols }, asked.ordered, min));
	}
	for (const question of questions.filter(({ type }) => type === 'ranking')) settlePlaces(question);
	return { figures, held: next };

	/** Shown only together with what stood first, for the same answers; one begun in the middle would count others. */
	function settlePlaces(question: Question): void {
		const key = placesKey(question.key);
		const [before, first] = [held[key], figures[question.key]];
		if (!before && Object.keys(held).length > 0) return;
		const cells = placesIn(question, answers, before?.cells);
		const variable = variables.find((each) => each.key === question.key)!;
		const coarse = before?.coarse ?? (first ? coarsePlaces(variable, cells, first.cols, min) : null);
		const safe = first && coarse && placesSafe(coarse, cells, min);
		if (safe) figures[key] = { ...coarse, counts: countsIn(cells, coarse) };
		next[key] = {
			cells: safe ? cells.map((row) => row.map(() => 0)) : cells,
			coarse: safe ? coarse : (before?.coarse ?? null)
		};
	}

	/** How many were asked is told by what they were asked after: so that must be shown, and just so. */
	function mayFollow({ after }: Variable): boolean {
		const cols = after && figures[after.key]?.cols;
		if (!after) return true;
		const apart = (block: number[]) => new Set(block.map((at) => after.options.includes(at))).size === 1;
		return cols?.every(apart) ?? false;
	}

	function settle(key: string, waiting: HeldTable, coarse: Coarse | null): void {
		const counts = coarse && countsIn(waiting.cells, coarse);
		if (!counts?.every((row) => row.every((count) => count >= min))) {
			next[key] = waiting;
			return;
		}
		figures[key] = { ...coarse!, counts };
		next[key] = { cells: waiting.cells.map((row) => row.map(() => 0)), coarse };
	}
}

const oneRow = (cols: Coarse['cols'] | null): Coarse | null => cols && { rows: [[0]], cols };

/** A table's counts with new answers; without `by` it has one row. */
function added(before: HeldTable | undefined, answers: readonly Answers[], asked: Variable, by?: Variable): HeldTable {
	const height = by ? by.categories.length : 1;
	const cells = Array.from({ length: height }, (_, row) =>
		Array.from({ length: asked.categories.length }, (_, col) => before?.cells[row]?.[col] ?? 0)
	);
	for (const answer of answers) {
		const [row, col] = [by ? by.of(answer) : 0, asked.of(answer)];
		if (row !== null && col !== null) cells[row]![col]! += 1;
	}
	return { cells, coarse: before?.coarse ?? null };
}

/** All that releases have shown of each table, together. */
export function together(releases: readonly Figures[]): Figures {
	const all: Figures = {};
	for (const figures of releases)
		for (const [key, figure] of Object.entries(figures)) {
			const known = all[key];
			all[key] = known
				? { ...known, counts: known.counts.map((row, at) => row.map((count, col) => count + figure.counts[at]![col]!)) }
				: figure;
		}
	return all;
}
