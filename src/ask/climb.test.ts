import { expect, test } from 'vitest';
import { nextLook, type Rhythm } from './climb.ts';

const office = (timeZone: string, people = 1, workDays = [1, 2, 3, 4, 5]): Rhythm => ({
	...{ timeZone, people, workDays, workStart: 540, workEnd: 1020 }
});
const at = (time: string) => new Date(`2026-03-${time}:00Z`);
// Monday the 2nd; nine to five, so four working hours from nine end at one.
const monday = at('02T09:00');
const climbs = (now: Date, told: Rhythm[], next: Rhythm[] = [], step = 0, since = monday) =>
	nextLook(step, since, told, next, now) <= now;

test('it climbs once those told have worked four hours, not before', () => {
	expect(climbs(at('02T12:59'), [office('UTC')])).toBe(false);
	expect(climbs(at('02T13:00'), [office('UTC')])).toBe(true);
});

test('nights and weekends do not count', () => {
	const friday = at('06T16:00');
	expect(climbs(at('09T11:59'), [office('UTC')], [], 0, friday)).toBe(false);
	expect(climbs(at('09T12:00'), [office('UTC')], [], 0, friday)).toBe(true);
});

test('everybody’s own time zone counts, and half of the people are enough', () => {
	const told = [office('Asia/Tokyo', 3), office('UTC', 2)];
	// Tokyo sleeps from 08:00 UTC on: two of five have worked, which is less than half.
	expect(climbs(at('02T13:00'), told)).toBe(false);
	expect(climbs(at('03T04:00'), told)).toBe(true);
});

test('the next are told when one of them is at work', () => {
	const now = at('02T13:00');
	const next = [office('America/Los_Angeles')];
	expect(nextLook(0, monday, [office('UTC')], next, now)).toEqual(at('02T17:00'));
	expect(climbs(at('02T17:00'), [office('UTC')], next)).toBe(true);
});

test('the person suggested gets eight hours before the stewards are told', () => {
	expect(climbs(at('02T16:59'), [office('UTC')], [], 2)).toBe(false);
	expect(climbs(at('02T17:00'), [office('UTC')], [], 2)).toBe(true);
});

test('where nobody was told it climbs at once', () => {
	expect(climbs(monday, [])).toBe(true);
});
