import { expect, test } from 'vitest';
import { advance } from '../release/advance.ts';
import { showQuestions } from '../release/show.ts';
import type { Answers, Question } from '../survey.ts';
import { newcombe } from '#src/platform/statistics/proportions.ts';
import { trendOf, type Edition } from './lines.ts';
import { trendPlot } from './plot.ts';

const plain = { hint: '', required: true, about: false, rows: [], options: [], bands: [], showIf: null };
const questions: Question[] = [
	{
		...{ ...plain, key: 'rated', type: 'matrix', label: 'How good?', rows: ['Notes', 'People'] },
		options: ['Bad', 'Poor', 'Fair', 'Good']
	},
	{ ...plain, key: 'team', type: 'single', label: 'Which team?', options: ['Shop', 'Store', 'Office'] },
	{ ...plain, key: 'tools', type: 'multiple', label: 'Which help?', options: ['Pens', 'Maps'], required: false }
];

function edition(label: string, many: number, answerOf: (at: number) => Answers, asked = questions): Edition {
	const answers = Array.from({ length: many }, (_, at) => answerOf(at));
	const shown = showQuestions(asked, advance(asked, {}, answers, 5).figures, {});
	return { id: label, label, n: many, questions: shown };
}
/** Forty of each step, and a third of each team. */
const even = edition('2029', 160, (at) => ({ rated: [at % 4, at % 4], team: at % 3, tools: at % 2 ? [0] : [] }));
/** Notes are better liked, and hardly anybody is in the office. */
const later = edition('2030', 160, (at) => ({
	rated: [at % 8 === 0 ? 0 : 2 + (at % 2), at % 4],
	team: at < 3 ? 2 : at % 2,
	tools: at % 2 ? [0, 1] : []
}));

test('shares of each edition, and the last against the one before it', () => {
	const [rated, team, tools] = trendOf([even, later]);
	expect(rated!.counts).toBe('Fair + Good');
	const [notes, people] = rated!.lines;
	expect(notes!.points.map((point) => point!.share)).toEqual([0.5, 0.875]);
	expect(notes!.change!.difference).toBeCloseTo(0.375, 12);
	expect(notes!.change!.interval).toEqual(newcombe({ chosen: 140, n: 160 }, { chosen: 80, n: 160 }));
	expect(notes!.change!.p).toBeLessThan(0.001);
	// The same figures differ by nothing, and the correction makes nothing surer than it is.
	expect(people!.change).toMatchObject({ difference: 0, p: 1 });
	// Three in the office stand with the smallest other team: neither can be followed.
	expect(team!.lines.map(({ label }) => label)).toEqual(['Store']);
	expect(tools!.lines.map(({ label, points }) => [label, points[1]!.chosen])).toEqual([['Pens', 80]]);
});

test('only what is asked the same is compared, over gaps too', () => {
	const fewer = questions.map((question) =>
		question.key === 'rated' ? { ...question, options: ['Bad', 'Good'] } : question
	);
	const other = edition('2028', 160, (at) => ({ rated: [at % 2, at % 2], team: at % 3 }), fewer);
	const [rated, team] = trendOf([even, other, later]);
	expect(rated!.lines[0]!.points.map((point) => point?.share ?? null)).toEqual([0.5, null, 0.875]);
	expect(rated!.lines[0]!.change!.difference).toBeCloseTo(0.375, 12);
	expect(team!.lines[0]!.points).toHaveLength(3);
	expect(trendOf([other, even]).map(({ key }) => key)).toEqual(['team']);
});

test('each point is drawn with its interval, and what others wrote is no markup', () => {
	const [rated] = trendOf([even, later]);
	const plot = trendPlot('<b>', ['2029', '<2030>'], rated!.lines);
	expect(plot.match(/<circle/g)).toHaveLength(4);
	expect(plot).toContain('&#60;');
	expect(plot).not.toContain('<b>');
});
