import { wilson } from '#src/platform/statistics/proportions.ts';
import type { Question } from '../survey.ts';
import type { CountedRow, Distribution, PlaceTable, QuestionResult } from '../views.ts';
import type { Figure, Figures } from './advance.ts';
import { placesKey } from './places.ts';
import { pairKey, variablesOf, type Variable } from './variables.ts';

/**
 * What results show of each question.
 * @param figures all that was released, together
 * @param by a question about the person, by which they are parted
 * @param said texts that were released, by question
 */
export function showQuestions(
	questions: readonly Question[],
	figures: Figures,
	{ by = null, said = {} }: { by?: string | null; said?: Record<string, string[]> }
): QuestionResult[] {
	const variables = variablesOf(questions);
	const segment = variables.find(({ key, about }) => about && key === by);
	return questions
		.filter(({ type }) => type !== 'section')
		.map((question) => {
			const own = variables.filter((variable) => variable.question === question.key);
			return {
				...{ key: question.key, type: question.type, label: question.label, hint: question.hint },
				options: own[0]?.categories ?? [],
				rows: own.map((variable, at) => ({
					...{ key: variable.key, label: labelOf(question, at), all: whole(variable, figures[variable.key]) },
					groups: segment ? groupsOf(variable, segment, figures[pairKey(variable.key, segment.key)]) : []
				})),
				places: placesOf(question, figures[placesKey(question.key)]),
				said: said[question.key] ?? []
			};
		});
}

function placesOf({ options }: Question, figure: Figure | undefined): PlaceTable | null {
	if (!figure) return null;
	const sum = (counts: readonly number[]) => counts.reduce((total, one) => total + one, 0);
	const name = (block: readonly number[]) =>
		block.length > 1 ? `${block[0]! + 1} to ${block.at(-1)! + 1}` : `${block[0]! + 1}`;
	return {
		n: sum(figure.counts[0]!) / figure.rows[0]!.length,
		places: figure.cols.map(name),
		rows: figure.rows.map((block, at) => ({
			label: block.map((option) => options[option]).join(', ') + (block.length > 1 ? ' together' : ''),
			shares: figure.counts[at]!.map((count) => count / sum(figure.counts[at]!))
		}))
	};
}

const labelOf = ({ type, label, rows, options }: Question, at: number) =>
	type === 'matrix' ? rows[at]! : type === 'multiple' ? options[at]! : label;

const whole = (variable: Variable, figure: Figure | undefined): Distribution | null =>
	figure ? distribution(variable, figure.cols, figure.counts[0]!) : null;

/** Groups that are too small to be shown alone: which they are differs from table to table. */
export const OTHERS = 'Others together';

function groupsOf(variable: Variable, segment: Variable, figure: Figure | undefined): CountedRow['groups'] {
	if (!figure) return [];
	return figure.rows.map((places, row) => ({
		label: places.length > 1 ? OTHERS : segment.categories[places[0]!]!,
		distribution: distribution(variable, figure.cols, figure.counts[row]!)
	}));
}

function distribution({ categories }: Variable, cols: Figure['cols'], counts: readonly number[]): Distribution {
	const n = counts.reduce((sum, count) => sum + count, 0);
	const parts = cols.map((places, at) => ({
		...{ places, labels: places.map((place) => categories[place]!), count: counts[at]! },
		...{ share: counts[at]! / n, interval: wilson(counts[at]!, n) }
	}));
	return { n, parts: parts.sort((a, b) => a.places[0]! - b.places[0]!) };
}

/** The largest change of any share of all who answered from one state of the results to the next; null where none is in both. */
export function largestChange(before: Figures, after: Figures): number | null {
	const changes = Object.entries(before).flatMap(([key, figure]) => {
		const next = after[key];
		const parted = figure.rows.length > 1;
		return next && !parted ? figure.counts.flatMap((row, at) => shareChanges(row, next.counts[at]!)) : [];
	});
	return changes.length > 0 ? Math.max(...changes) : null;
}

function shareChanges(before: readonly number[], after: readonly number[]): number[] {
	const sum = (counts: readonly number[]) => counts.reduce((total, one) => total + one, 0);
	const [n, m] = [sum(before), sum(after)];
	return before.map((count, at) => Math.abs(count / n - after[at]! / m));
}
