import { expect, test } from 'vitest';
import { effectAgainst, effectSince, type Effect, type Series } from './effect.ts';
import { firstDay, periodOf } from './period.ts';

const START = periodOf('2024-01-01', 'week');
const day = (at: number) => firstDay(START + at, 'week');
/** Numbers that look drawn by lot. */
function noise(at: number, seed = 7919): number {
	const mixed = Math.imul((at + 1) * seed, 0x9e3779b1);
	return ((Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 8) % 10_007) / 10_007 - 0.5;
}

function series(value: (at: number) => number, more: Partial<Series> = {}): Series {
	const points = Array.from({ length: 60 }, (_, at) => ({ day: day(at), value: value(at) }));
	return { title: 'Damaged pallets', unit: 'pallets', every: 'week', better: 'less', points, ...more };
}
const mark = { day: day(36) };
const fell = series((at) => 30 + 6 * noise(at) - (at >= 36 ? 9 : 0));
const reasons = (effect: Effect) => (effect.kind === 'refused' ? effect.reasons.join(' ') : 'none');

test('what fell is said in one sentence with its interval and the smallest effect that could be seen', () => {
	const effect = effectSince(fell, mark, [mark]);
	expect(effect).toMatchObject({ kind: 'reckoned', verdict: 'better', window: { before: 36, after: 24 } });
	expect(effect.kind === 'reckoned' && effect.sentence).toMatch(
		/^“Damaged pallets” fell by [\d.]+ pallets a week since 2024-09-09, between [\d.]+ and [\d.]+\. With this much noise, a change smaller than [\d.]+ could mostly not be seen\.$/
	);
	expect(effectSince({ ...fell, better: 'more' }, mark, [mark])).toMatchObject({ verdict: 'worse' });
});

test('where nothing changed, no change is claimed', () => {
	const effect = effectSince(
		series((at) => 30 + 6 * noise(at)),
		mark,
		[mark]
	);
	expect(effect).toMatchObject({ kind: 'reckoned', verdict: 'open' });
	expect(effect.kind === 'reckoned' && effect.sentence).toMatch(
		/cannot be told: anything between −[\d.]+ and \+[\d.]+/
	);
});

test('too few values, too many gaps, no variation and other marks are reasons to refuse', () => {
	const few = { ...fell, points: fell.points.slice(30, 40) };
	expect(reasons(effectSince(few, mark, [mark]))).toBe(
		'There are 6 weeks before it, back to the mark before; 12 are needed. There are 4 weeks since, up to the next mark; 8 are needed.'
	);
	const broken = { ...fell, points: fell.points.filter((_, at) => at % 3 !== 1) };
	expect(reasons(effectSince(broken, mark, [mark]))).toMatch(/20 weeks of 60 are missing/);
	expect(
		reasons(
			effectSince(
				series(() => 7),
				mark,
				[mark]
			)
		)
	).toMatch(/hardly differ/);
	expect(reasons(effectSince(fell, mark, [mark, { day: day(30) }]))).toMatch(/6 weeks before it/);
	expect(reasons(effectSince(fell, mark, [mark, { day: day(39) }]))).toMatch(/3 weeks since/);
	let walk = 0;
	const walking = series((at) => (walk += 5 * noise(at)));
	expect(reasons(effectSince({ ...walking, points: walking.points }, mark, [mark]))).toMatch(/so much alike|none/);
});

test('against another figure only what both have counts, in one unit and rhythm, where they moved alike before', () => {
	const common = (at: number) => 4 * Math.sin(at / 9) + at / 20;
	const here = series((at) => 30 + common(at) + 3 * noise(at) - (at >= 36 ? 9 : 0));
	const there = series((at) => 25 + common(at) + 3 * noise(at, 104729), { title: 'Ghent' });
	const effect = effectAgainst(here, there, mark, [mark]);
	expect(effect).toMatchObject({ kind: 'reckoned', verdict: 'better' });
	expect(effect.kind === 'reckoned' && Math.abs(effect.average.value + 9)).toBeLessThan(1.5);
	expect(reasons(effectAgainst(here, { ...there, unit: 'boxes' }, mark, [mark]))).toMatch(
		/in boxes, this one in pallets/
	);
	expect(reasons(effectAgainst(here, { ...there, every: 'day' }, mark, [mark]))).toMatch(/one value a day/);
	expect(reasons(effectAgainst(here, { ...there, points: there.points.slice(30) }, mark, [mark]))).toMatch(
		/6 weeks before it.*Only what both have counts/
	);
	const drifting = series((at) => 25 + common(at) + 3 * noise(at, 104729) + at / 3, { title: 'Ghent' });
	expect(reasons(effectAgainst(here, drifting, mark, [mark]))).toMatch(/drifted apart by/);
});
