import { expect, test } from 'vitest';
import {
	answersInWords,
	clockInWords,
	halfInWords,
	type AnswerTimes,
	type Promised,
	type Waits
} from './answer-times.ts';

const waits = (questions: number, workP50Minutes: number | null, more: Partial<Waits> = {}): Waits => ({
	...{ questions, answered: questions, p50Minutes: null, p90Minutes: null, workP50Minutes, workP90Minutes: null },
	...more
});
const words = (now: Waits, before = waits(0, null), promised: Promised | null = null) =>
	answersInWords({ ...now, before, promised } satisfies AnswerTimes);

test('times are told in working time, and by the clock for who wants to know', () => {
	const now = waits(20, 240, { workP90Minutes: 1440, p50Minutes: 1200 });
	expect(words(now).times).toBe(
		'Half of the questions here get a useful answer within 4 working hours, nine of ten within 3 working days.'
	);
	expect(clockInWords(now)).toBe('By the clock, nights and weekends included, half within 20 hours.');
	expect(halfInWords(now)).toBe('half answered within 4 working hours');
	expect(words(waits(20, 0)).times).toContain('within 1 working minute.');
});

test('too little says nothing; too many that wait say so', () => {
	expect(words(waits(4, 10))).toEqual({ times: undefined, trend: undefined, promise: undefined, held: undefined });
	expect(words(waits(9, null)).times).toBe('Fewer than half of the questions here got a useful answer so far.');
	expect(halfInWords(waits(9, null))).toBeUndefined();
	expect(clockInWords(waits(9, null))).toBeUndefined();
});

test.each([
	[60, 200, 'Faster than in the 90 days before: half within 3 working hours then.'],
	[200, 60, 'Slower than in the 90 days before: half within 60 working minutes then.'],
	[100, 110, 'About as fast as in the 90 days before.'],
	[100, null, 'Faster than in the 90 days before: fewer than half got one in time then.'],
	[null, 100, 'Slower than in the 90 days before: half within 2 working hours then.'],
	[null, null, undefined]
])('a half of %s minutes after one of %s', (now, before, trend) => {
	expect(words(waits(8, now), waits(8, before)).trend).toBe(trend);
	expect(words(waits(8, now), waits(4, before)).trend).toBeUndefined();
});

test('a promise says what it is, and whether it held', () => {
	const said = (promised: Promised) => words(waits(20, 60), undefined, promised);
	expect(said({ share: 50, hours: 4, kept: 10, late: 10, open: 3 })).toMatchObject({
		...{
			held: true,
			promise: 'Promised: half within 4 working hours. It held: 10 of 20 questions in the last 90 days.'
		}
	});
	expect(said({ share: 90, hours: 1, kept: 17, late: 3, open: 0 })).toMatchObject({
		...{ held: false },
		promise: 'Promised: nine of ten within 1 working hour. It did not hold: 17 of 20 questions in the last 90 days.'
	});
	expect(said({ share: 50, hours: 4, kept: 2, late: 2, open: 9 })).toMatchObject({
		promise: expect.stringContaining('Too few questions so far'),
		held: undefined
	});
});
