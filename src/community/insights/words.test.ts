import { expect, test } from 'vitest';
import { othersInWords, quietInWords, repliesInWords, solvedInWords, workingAge } from './words.ts';

test('ages are told in the reader’s working days', () => {
	expect([0, 59, 60, 479, 480, 960, 480 * 40].map((minutes) => workingAge(minutes, 480))).toEqual([
		'less than a working hour',
		'less than a working hour',
		'1 working hour',
		'7 working hours',
		'1 working day',
		'2 working days',
		'more than 40 working days'
	]);
});

test('replies are told as far as they are known', () => {
	const times = { people: 9, p50Minutes: 61, p90Minutes: 3000 };
	expect(repliesInWords(times)).toBe(
		'Of 9 newcomers who wrote something in the last 90 days, half got their first reply within 61 minutes, nine of ten within 2 days.'
	);
	expect(repliesInWords({ ...times, p90Minutes: null })).toMatch(/within 61 minutes\.$/);
	expect(repliesInWords({ ...times, p50Minutes: null, p90Minutes: null })).toMatch(
		/fewer than half got a reply so far/
	);
	expect(repliesInWords({ people: null, p50Minutes: null, p90Minutes: null })).toMatch(/^Too few newcomers/);
});

test('what reading solved is told with its minutes where they are known', () => {
	expect(quietInWords({ people: 7, minutes: 125 })).toBe(
		'7 people who only read here say that something helped them in the last 90 days and saved them 2 hours 5 minutes, as they say.'
	);
	expect(quietInWords({ people: 7, minutes: null })).toMatch(/in the last 90 days\.$/);
	expect(quietInWords(null)).toMatch(/^Fewer than five people/);
	expect(solvedInWords({ people: 5, minutes: 60 })).toBe('helped 5 people who wrote nothing, 1 hour saved');
	expect([0, 1, 4].map(othersInWords)).toEqual([
		'Nobody else has answered about it here.',
		'One other has ever answered about it here.',
		'4 others have ever answered about it here.'
	]);
});
