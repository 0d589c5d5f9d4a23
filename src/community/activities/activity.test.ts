import { expect, test } from 'vitest';
import { lengthInWords, whenInWords, yoursInWords } from './activity.ts';

const hour = { way: 'place', zone: 'Europe/Vienna' } as const;
const [begins, ends] = ['2030-03-12T13:00:00.000Z', '2030-03-12T14:30:00.000Z'];

test('when it is, is told on the clock where it is, and on one’s own where that is another', () => {
	expect(whenInWords(hour, begins, ends, 'en')).toBe('Tuesday, 12 March 2030, 14:00 to 15:30 (Vienna)');
	expect(yoursInWords(hour, begins, ends, 'en', 'Asia/Kolkata')).toBe(
		'Tuesday, 12 March 2030, 18:30 to 20:00 (Kolkata)'
	);
	expect(yoursInWords(hour, begins, ends, 'en', 'Europe/Berlin')).toBeNull();
	expect(whenInWords(hour, '2030-03-12T22:30:00.000Z', '2030-03-12T23:30:00.000Z', 'en')).toBe(
		'Tuesday, 12 March 2030, 23:30 to Wednesday, 13 March 2030, 00:30 (Vienna)'
	);
});

test('over weeks there are days alone, the last one among them', () => {
	const weeks = { way: 'weeks', zone: 'Europe/Vienna' } as const;
	expect(whenInWords(weeks, '2030-03-31T23:00:00.000Z', '2030-04-30T22:00:00.000Z', 'en')).toBe(
		'1 April 2030 to 30 April 2030'
	);
	expect(whenInWords(weeks, '2030-03-31T22:00:00.000Z', '2030-04-01T22:00:00.000Z', 'en')).toBe('1 April 2030');
	expect(lengthInWords(weeks, begins, ends)).toBeNull();
});

test('how long it takes', () => {
	expect(lengthInWords(hour, begins, ends)).toBe('1 hour 30 minutes');
	expect(lengthInWords(hour, begins, '2030-03-14T13:01:00.000Z')).toBe('2 days 1 minute');
});
