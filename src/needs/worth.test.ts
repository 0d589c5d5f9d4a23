import { expect, test } from 'vitest';
import { costInWords, worthInWords, worthOf, yearlyCost, type Costs } from './worth.ts';

/** Sixty returns a month, half an hour each at 40 an hour, and 300 for the carrier: 1,500 a month. */
const costs: Costs = { people: 12, timesMonth: 60, minutesEach: 30, hourCost: 40, otherMonth: 300, currency: 'EUR' };
const free = { moneyOnce: 0, moneyMonth: 0, hoursMake: 0, minutesEach: 0, days: 0, share: 100 };

test('a problem costs its time and what else is lost, over twelve months', () => {
	expect(yearlyCost(costs)).toBe(18_000);
	expect(yearlyCost({ ...costs, otherMonth: null })).toBe(14_400);
	expect(yearlyCost({ ...costs, hourCost: null })).toBe(3_600);
	expect(yearlyCost({ ...costs, hourCost: null, otherMonth: null })).toBeNull();
	expect(costInWords({ ...costs, hourCost: null, otherMonth: null })).toBe('What it costs is not known yet.');
	expect(costInWords(costs)).toBe('It costs about 18,000 EUR a year.');
});

test('a path that takes half of it away pays for itself after so many months', () => {
	// 20 hours to make and 12 people for 10 minutes: 22 hours, 880; 750 a month is saved.
	const worth = worthOf({ ...free, hoursMake: 20, minutesEach: 10, share: 50 }, costs);
	expect(worth).toMatchObject({ verdict: 'pays', hours: 22, once: 880, firstYear: 880, saves: 9_000 });
	expect(worth.months).toBeCloseTo(880 / 750, 10);
	expect(worthInWords(worth, costs)).toBe(
		'It costs about 880 EUR in the first year and saves about 9,000 EUR: it has paid for itself after 2 months.'
	);
});

test('what costs more than it saves is said to be dear, and what saves nothing in the end never pays', () => {
	const course = worthOf({ ...free, moneyOnce: 30_000, share: 50 }, costs);
	expect(course).toMatchObject({ verdict: 'dear', saves: 9_000, months: 40 });
	expect(worthInWords(course, costs)).toContain('It pays for itself after 40 months; for a year, leaving');
	const rent = worthOf({ ...free, moneyMonth: 800, share: 50 }, costs);
	expect(rent).toMatchObject({ verdict: 'dear', firstYear: 9_600, months: null });
	expect(worthInWords(rent, costs)).toContain('It never pays for itself');
	// Working only after a year, it saves nothing within that year.
	expect(worthOf({ ...free, moneyOnce: 1, days: 500 }, costs).saves).toBe(0);
});

test('without a price of the problem there is no verdict, and hours without a price are told as hours', () => {
	const bare = { ...costs, hourCost: null, otherMonth: null };
	const worth = worthOf({ ...free, moneyOnce: 100, hoursMake: 8, share: 50 }, bare);
	expect(worth).toMatchObject({ verdict: 'unknown', firstYear: 100, saves: null, months: null });
	expect(worthInWords(worth, bare)).toBe(
		'It costs about 100 EUR in the first year, and 8 hours of people’s time. Whether that is worth it shows once the problem has a price.'
	);
});
