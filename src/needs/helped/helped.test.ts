import { expect, test } from 'vitest';
import { daysOf, quarterAfter, quarterInWords, quarterOf } from '#src/platform/quarter.ts';
import { minutesInWords, savedInWords } from './helped.ts';

test('quarters follow each other over the years', () => {
	expect(quarterOf(new Date('2030-12-31T23:59:59Z'))).toBe('2030-Q4');
	expect(quarterOf(new Date('2031-01-01T00:00:00Z'))).toBe('2031-Q1');
	expect(quarterAfter('2030-Q4', 1)).toBe('2031-Q1');
	expect(quarterAfter('2030-Q1', -1)).toBe('2029-Q4');
	expect(daysOf('2030-Q4')).toEqual({ from: '2030-10-01', to: '2031-01-01' });
	expect(quarterInWords('2030-Q2')).toBe('April to June 2030');
});

test('minutes are told with their spread', () => {
	expect([0, 1, 59, 60, 200].map(minutesInWords)).toEqual([
		'0 minutes',
		'1 minute',
		'59 minutes',
		'1 hour',
		'3 hours 20 minutes'
	]);
	expect(savedInWords({ minutes: { people: 8, sum: 200, low: 10, median: 20, high: 45 } })).toBe(
		'8 people say it saved them 3 hours 20 minutes in all: mostly 10 to 45 minutes each time, half of them 20 or less.'
	);
	expect(savedInWords({ minutes: null })).toBe('Too few said how much time it saved.');
});
