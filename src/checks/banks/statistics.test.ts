import { expect, test } from 'vitest';
import {
	alpha,
	correlation,
	discrimination,
	questionStatistics,
	reliability,
	variance,
	type Scored
} from './statistics.ts';

/** The worked example of Kuder–Richardson's formula 20 in Zaiontz, Real Statistics Using Excel: twelve students, eleven questions. */
const students = [
	'11111111111',
	'11111111010',
	'10111111100',
	'11101101100',
	'11111000100',
	'01101111000',
	'11110010000',
	'11111000000',
	'01011000010',
	'10010100000',
	'11100000000',
	'10010000000'
].map((line) => [...line].map(Number));

test('KR-20 of the published example: variance 6.5208, sum of pq 2.1458, 0.738', () => {
	const totals = students.map((scores) => scores.reduce((sum, score) => sum + score, 0));
	expect(variance(totals)).toBeCloseTo(6.520833, 5);
	const pq = students[0]!.map((_, at) => variance(students.map((scores) => scores[at]!)));
	expect(pq.reduce((sum, each) => sum + each, 0)).toBeCloseTo(2.145833, 5);
	// 11/10 × (1 − 309/939), which the example prints as 0.738.
	expect(alpha(students)).toBeCloseTo(0.7380192, 6);
});

test('a point-biserial correlation is the difference of the means in spreads, by its own formula', () => {
	const own = students.map((scores) => scores[5]!);
	const rest = students.map((scores) => scores.reduce((sum, score) => sum + score, 0) - scores[5]!);
	const group = (right: number) => rest.filter((_, at) => own[at] === right);
	const middle = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const p = middle(own);
	const formula = ((middle(group(1)) - middle(group(0))) / Math.sqrt(variance(rest))) * Math.sqrt(p * (1 - p));
	expect(correlation(own, rest)).toBeCloseTo(formula, 10);
	expect(correlation([1, 1, 1], [1, 2, 3])).toBeNull();
	expect(correlation([0, 1, 0, 1], [1, 2, 1, 2])).toBeCloseTo(1, 10);
});

test('upper and lower 27 % of a hundred are 27 each', () => {
	const rest = Array.from({ length: 100 }, (_, at) => at);
	expect(
		discrimination(
			rest.map((at) => Number(at >= 73)),
			rest
		)
	).toBe(1);
	expect(
		discrimination(
			rest.map((at) => Number(at >= 87)),
			rest
		)
	).toBeCloseTo(13 / 27, 10);
	expect(
		discrimination(
			rest.map((at) => Number(at < 27)),
			rest
		)
	).toBe(-1);
});

/** Numbers by chance that are the same in every run (Park and Miller's generator). */
function chance(seed: number): () => number {
	return () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
}
const normal = (next: () => number) => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());

test('alpha of simulated parallel questions is what theory says: k·r / (1 + (k − 1)·r)', () => {
	const next = chance(7);
	const people = Array.from({ length: 20_000 }, () => {
		const ability = normal(next);
		return Array.from({ length: 6 }, () => ability + normal(next));
	});
	expect(alpha(people)).toBeCloseTo((6 * 0.5) / (1 + 5 * 0.5), 2);
});

/** People who answer by their ability; `odd` has its key the wrong way round, `blind` is answered by chance. */
function simulated(count: number): Scored[] {
	const next = chance(11);
	return Array.from({ length: count }, () => {
		const ability = normal(next);
		const good = (hard: number) => Number(next() < 1 / (1 + Math.exp(2 * (hard - ability))));
		const scores = new Map(['a', 'b', 'c', 'd', 'e'].map((id) => [id, good(0)] as const));
		scores
			.set('odd', 1 - good(0))
			.set('blind', Number(next() < 0.5))
			.set('hard', good(2))
			.set('easy', good(-4));
		const chosen = new Map([['a', [scores.get('a') ? 'right' : next() < 0.97 ? 'often' : 'seldom']]]);
		return { scores, chosen };
	});
}

const options = [
	{ key: 'right', right: true },
	{ key: 'often', right: false },
	{ key: 'seldom', right: false }
];

test('in a simulation each flaw is found where it was built in, and nowhere else', () => {
	const attempts = simulated(2000);
	const of = (id: string) => questionStatistics(id, id === 'a' ? options : [], attempts)!;
	expect(of('b').p).toBeCloseTo(0.5, 1);
	expect(of('b').rest).toBeGreaterThan(0.3);
	expect(of('b').repairs).toEqual([]);
	expect(of('a').options).toMatchObject([{ idle: false }, { idle: false }, { key: 'seldom', idle: true }]);
	expect(of('a').repairs.join()).toContain('nearly nobody');
	expect(of('odd').rest).toBeLessThan(-0.2);
	expect(of('odd').repairs.join()).toContain('key is right');
	expect(Math.abs(of('blind').rest!)).toBeLessThan(0.1);
	expect(of('blind').repairs).toHaveLength(1);
	expect(of('hard').repairs.join()).toContain('Few get it right');
	expect(of('easy').repairs.join()).toContain('Nearly everybody');
});

test('below twenty first attempts nothing is said, and alpha needs twenty with the same questions', () => {
	expect(questionStatistics('a', options, simulated(19))).toBeUndefined();
	expect(questionStatistics('a', options, simulated(20))).toMatchObject({ n: 20 });
	expect(reliability(simulated(19))).toBeUndefined();
	expect(reliability(simulated(30))).toMatchObject({ n: 30, questions: 9, rightOrWrong: true });
	const mixed = simulated(30).map((attempt, at) =>
		at % 2 ? attempt : { ...attempt, scores: new Map([...attempt.scores].slice(1)) }
	);
	expect(reliability(mixed)).toBeUndefined();
});
