import { expect, test } from 'vitest';
import { advance } from '../release/advance.ts';
import { showQuestions } from '../release/show.ts';
import { holdsIn } from '../holds.ts';
import type { Answers } from '../survey.ts';
import { changesSince, isOnWays, peopleSince, practiceOf } from './compare.ts';
import { published } from './published.ts';
import { people, WAYS, workplaceSurvey } from './questions.ts';

const { questions } = workplaceSurvey();

/** Step of each way for the person at a place of a hundred: as many as were published. */
const asPublished = (percent: readonly number[], at: number) => {
	let below = 0;
	return percent.findIndex((share) => at < (below += share));
};

/** A hundred people who rate as was published; of those from `from` on most rate training as essential. */
function aHundred(from = 100): Answers[] {
	return Array.from({ length: 100 }, (_, at) => ({
		[WAYS]: published.map(({ percent }, way) =>
			way === 0 && at >= from && at % 5 > 0 ? 3 : asPublished(percent, (at * 37) % 100)
		),
		...Object.fromEntries(people.map(({ key }) => [key, key === 'function' ? (at >= 50 ? 1 : 0) : at % 2]))
	}));
}
const shown = (answers: Answers[], by: string | null = null) =>
	showQuestions(questions, advance(questions, {}, answers, 5).figures, { by });

test('who rates as was published differs from it in nothing, and practice follows from the figures', () => {
	const results = shown(aHundred());
	const ways = results.find(isOnWays)!;
	const changes = changesSince(ways);
	// Rows with fewer than five at a step show halves: they still can be told.
	expect(changes).toHaveLength(10);
	expect(changes.every(({ p, now, then }) => p === 1 && Math.abs(now - then) < 1e-9)).toBe(true);
	const practice = practiceOf(ways)!;
	expect(practice.highest).toMatchObject({ way: { key: 'team' }, high: 0.85 });
	expect(practice.lowest).toMatchObject({ way: { key: 'training' }, high: 0.33 });
	expect(practice.trainingLow).toBeCloseTo(0.67, 12);
	expect(practice.groups.map(({ group }) => group)).toEqual(['team', 'professional', 'support', 'training']);
	expect(practice.worth.map(({ way }) => way.key)).toEqual([
		'team',
		'web',
		'talk',
		'networks',
		'feeds',
		'curated',
		'study'
	]);
});

test('what has changed is found, and told apart from chance', () => {
	const ways = shown(aHundred(40)).find(isOnWays)!;
	const changes = changesSince(ways);
	expect(changes.filter(({ p }) => p < 0.05).map(({ label }) => label)).toEqual(['Company training/e-learning']);
	expect(changes[0]!.interval.low).toBeGreaterThan(0.2);
});

test('a group that rates otherwise is named, and where the order holds that is said', () => {
	const ways = shown(aHundred(50), 'function').find(isOnWays)!;
	const groups = holdsIn(ways.rows, 4);
	const it = groups.find(({ label }) => label === 'IT')!;
	expect(it.differs.map(({ label }) => label)).toEqual(['Company training/e-learning']);
	expect(it.agreement).toBeLessThan(0.9);
});

test('who answered is set beside what was published, where it can be told', () => {
	const sex = peopleSince(shown(aHundred())).find(({ key }) => key === 'sex')!;
	expect(sex.shares).toMatchObject([
		{ label: 'Male', percent: 42 },
		{ label: 'Female', percent: 58 }
	]);
});
