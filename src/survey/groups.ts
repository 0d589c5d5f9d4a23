import { NO_ANSWER } from './release/variables.ts';
import { holm } from './statistics/holm.ts';
import { chiSquare, kruskalWallis, type TableTest } from './statistics/tables.ts';
import type { CountedRow, QuestionResult } from './views.ts';

/** Whether the groups of a question differ. */
export interface GroupTest extends TableTest {
	name: 'Kruskal and Wallis' | 'chi-square';
	/** Adjusted for all questions of the results. */
	p: number;
}

/**
 * For each question of one row that is shown by group: do the groups differ? Steps of a scale
 * are compared by their order, others by what was chosen.
 * @returns by the key of the question
 */
export function groupTests(questions: readonly QuestionResult[]): Record<string, GroupTest> {
	const found = questions.flatMap((question) => {
		const [row] = question.rows;
		const test = row && question.rows.length === 1 ? testOf(question, row) : null;
		return test ? [{ key: question.key, test }] : [];
	});
	const adjusted = holm(found.map(({ test }) => test.p));
	return Object.fromEntries(found.map(({ key, test }, at) => [key, { ...test, p: adjusted[at]! }]));
}

function testOf({ type }: QuestionResult, { groups }: CountedRow): GroupTest | null {
	const ordered = type === 'scale' || type === 'number';
	const table = ordered ? stepsOf(groups) : countsOf(groups);
	const test = table && (ordered ? kruskalWallis(table) : chiSquare(table));
	return test && { ...test, name: ordered ? 'Kruskal and Wallis' : 'chi-square' };
}

const countsOf = (groups: CountedRow['groups']) =>
	groups.map(({ distribution }) => distribution.parts.map(({ count }) => count));

/** Who gave no answer has no place in the order; null where they are counted with a step. */
function stepsOf(groups: CountedRow['groups']): number[][] | null {
	const none = (labels: readonly string[]) => labels.includes(NO_ANSWER);
	const parts = groups[0]?.distribution.parts ?? [];
	if (parts.some(({ labels }) => none(labels) && labels.length > 1)) return null;
	return groups.map(({ distribution }) =>
		distribution.parts.filter(({ labels }) => !none(labels)).map(({ count }) => count)
	);
}
