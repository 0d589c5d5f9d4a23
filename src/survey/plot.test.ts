import { expect, test } from 'vitest';
import { resultsCsv } from './csv.ts';
import { asFile } from './draw.ts';
import { divergingPlot, plotOf } from './plot.ts';
import { advance } from './release/advance.ts';
import { showQuestions } from './release/show.ts';
import type { Question } from './survey.ts';

const plain = { hint: '', required: true, about: false, rows: [], bands: [], showIf: null };
const questions: Question[] = [
	{
		...{ ...plain, key: 'rated', type: 'matrix', label: '=SUM(A1) & "more"', rows: ['<script>', 'Calm'] },
		options: ['Not', 'Quite', 'Very', 'Most']
	},
	{ ...plain, key: 'one', type: 'single', label: 'One', options: ['A', 'B', 'C'] }
];
/** Ten at each step in the first row; in the second nobody at the lowest and three at the next. */
const answers = Array.from({ length: 40 }, (_, at) => ({
	rated: [at % 4, at < 3 ? 1 : 2 + (at % 2)],
	one: at < 38 ? at % 2 : 2
}));
const results = showQuestions(questions, advance(questions, {}, answers, 5).figures, {});

test('what is chosen too seldom stands with its neighbours, and none and few look the same', () => {
	const [first, second] = results[0]!.rows;
	expect(first!.all!.parts.map(({ count }) => count)).toEqual([10, 10, 10, 10]);
	// Three people on the lower half are too few for any figure of it, so they join the upper one.
	expect(second!.all!.parts.map(({ places }) => places)).toEqual([[0, 1, 2], [3]]);
	expect(results[1]!.rows[0]!.all!.parts.map(({ places, count }) => [places, count])).toEqual([
		[[0, 2], 21],
		[[1], 19]
	]);
});

test('a plot says its figures, draws what can be drawn, and holds no markup of others', () => {
	const plot = divergingPlot('Rated', results[0]!.rows, ['Not', 'Quite', 'Very', 'Most'])!;
	expect(plot.match(/>25<\/text>/g)).toHaveLength(4);
	expect(plot).toContain('&#60;script&#62;');
	expect(plot).not.toContain('<script>');
	// The halves of the second row cannot be told apart.
	expect(plot).not.toContain('Calm');
	expect(plotOf(results[1]!)).toContain('A, C together');
	expect(asFile(plot)).toMatch(/^<svg color="#25221d"/);
	expect(asFile(plot)).not.toContain('var(');
});

test('figures taken away are those that are shown, and no formulas', () => {
	const lines = resultsCsv({ questions: results }).split('\r\n');
	expect(lines[0]).toBe('question,row,group,answer,people,of,share,low95,high95');
	expect(lines[1]).toBe(`"'=SUM(A1) & ""more""",<script>,everybody,Not,10,40,0.2500,0.1419,0.4019`);
	expect(lines).toHaveLength(1 + 4 + 2 + 2 + 1);
});
