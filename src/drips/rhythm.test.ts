import { expect, test } from 'vitest';
import { faster, rhythmInWords, slower, timeOf } from './rhythm.ts';

test('a rhythm becomes slower and faster step by step, until its ends', () => {
	const steps = [{ days: [] as number[], every: 1 }];
	for (let next = slower(steps[0]!); next; next = slower(next)) steps.push(next);
	expect(steps.map(({ every }) => every)).toEqual([1, 2, 5, 10, 20]);
	expect(slower({ days: [1, 4], every: 1 })).toEqual({ days: [], every: 5 });
	expect(faster({ days: [1, 4], every: 1 })).toEqual({ days: [], every: 2 });
	expect(faster({ days: [], every: 7 })).toEqual({ days: [], every: 5 });
	expect(faster({ days: [], every: 1 })).toBeNull();
});

test('a rhythm is said in words', () => {
	expect(rhythmInWords({ days: [], every: 1 })).toBe('every working day');
	expect(rhythmInWords({ days: [], every: 3 })).toBe('every 3 working days');
	expect(rhythmInWords({ days: [1], every: 1 })).toBe('on Monday');
	expect(rhythmInWords({ days: [1, 3, 5], every: 1 })).toBe('on Monday, Wednesday and Friday');
	expect(timeOf(545)).toBe('09:05');
});
