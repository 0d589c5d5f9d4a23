import { expect, test } from 'vitest';
import { languageCodes } from './languages.ts';
import { hoursInWords, weekdays } from './words.ts';

test('days are named from Monday on, in every language that can be chosen', () => {
	expect(weekdays('en')).toEqual(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']);
	expect(weekdays('de')[2]).toBe('Mittwoch');
	for (const language of languageCodes) expect(new Set(weekdays(language)).size, language).toBe(7);
});

test('working hours are told as a row of days where they are one', () => {
	const day = { workStart: 9 * 60, workEnd: 17 * 60 + 30 };
	expect(hoursInWords({ ...day, workDays: [1, 2, 3, 4, 5] }, 'en')).toBe('Mon–Fri, 09:00–17:30');
	expect(hoursInWords({ ...day, workDays: [2, 4] }, 'en')).toBe('Tue, Thu, 09:00–17:30');
	expect(hoursInWords({ ...day, workDays: [1, 2, 3] }, 'de')).toBe('Mo–Mi, 09:00–17:30');
	expect(hoursInWords({ ...day, workDays: [] }, 'en')).toBe('No fixed working hours');
});
