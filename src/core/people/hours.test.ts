import { expect, test } from 'vitest';
import { isWorking, nextWorkingMoment, workingMinutesBetween, type WorkingHours } from './hours.ts';

const office = (timeZone: string, more: Partial<WorkingHours> = {}): WorkingHours => ({
	...{ timeZone, workStart: 9 * 60, workEnd: 17 * 60, workDays: [1, 2, 3, 4, 5] },
	...more
});
const at = (time: string) => new Date(time);

test.each([
	['Europe/Berlin', '2026-01-05T08:00:00Z', true],
	['Europe/Berlin', '2026-01-05T07:59:59Z', false],
	['Europe/Berlin', '2026-01-05T15:59:59Z', true],
	['Europe/Berlin', '2026-01-05T16:00:00Z', false],
	['Europe/Berlin', '2026-07-06T07:00:00Z', true],
	['Europe/Berlin', '2026-01-04T10:00:00Z', false],
	['America/Los_Angeles', '2026-01-06T00:59:00Z', true],
	['Asia/Kolkata', '2026-01-05T03:30:00Z', true],
	['Asia/Kolkata', '2026-01-05T03:29:00Z', false],
	['Pacific/Kiritimati', '2026-01-04T19:00:00Z', true],
	['UTC', '2026-01-05T09:00:00Z', true]
])('at work in %s at %s: %s', (zone, time, expected) => {
	expect(isWorking(office(zone), at(time))).toBe(expected);
});

test.each([
	['during work, now', 'Europe/Berlin', '2026-01-05T10:30:15Z', '2026-01-05T10:30:15Z'],
	['in the morning, the same day', 'Europe/Berlin', '2026-01-05T03:00:00Z', '2026-01-05T08:00:00Z'],
	['in the evening, the next day', 'Europe/Berlin', '2026-01-05T18:00:00Z', '2026-01-06T08:00:00Z'],
	['on Friday evening, Monday', 'Europe/Berlin', '2026-01-09T18:00:00Z', '2026-01-12T08:00:00Z'],
	['over the change to summer time', 'Europe/Berlin', '2026-03-27T18:00:00Z', '2026-03-30T07:00:00Z'],
	['over the change to winter time', 'America/New_York', '2026-10-30T22:00:00Z', '2026-11-02T14:00:00Z'],
	['where Sunday has begun already', 'Pacific/Auckland', '2026-01-11T19:59:00Z', '2026-01-11T20:00:00Z']
])('the next working moment: %s', (_, zone, from, expected) => {
	expect(nextWorkingMoment(office(zone), at(from))).toEqual(at(expected));
});

test('one working day a week is found, none at all holds nobody up', () => {
	expect(nextWorkingMoment(office('UTC', { workDays: [3] }), at('2026-01-07T17:00:00Z'))).toEqual(
		at('2026-01-14T09:00:00Z')
	);
	const never = at('2026-01-07T17:00:00Z');
	expect(nextWorkingMoment(office('UTC', { workDays: [] }), never)).toEqual(never);
});

test.each([
	['a full day', 'Europe/Berlin', '2026-01-05T00:00:00Z', '2026-01-06T00:00:00Z', 480],
	['a part of a day', 'Europe/Berlin', '2026-01-05T09:15:00Z', '2026-01-05T10:00:00Z', 45],
	['over a weekend', 'Europe/Berlin', '2026-01-09T15:00:00Z', '2026-01-12T09:00:00Z', 120],
	['a week with the change of clocks', 'Europe/Berlin', '2026-03-26T00:00:00Z', '2026-04-02T00:00:00Z', 5 * 480],
	['nothing backwards', 'Europe/Berlin', '2026-01-06T10:00:00Z', '2026-01-05T10:00:00Z', 0],
	['nothing by night', 'Asia/Tokyo', '2026-01-05T09:00:00Z', '2026-01-05T23:00:00Z', 0]
])('working minutes: %s', (_, zone, from, to, expected) => {
	expect(workingMinutesBetween(office(zone), at(from), at(to))).toBe(expected);
});

test('a working day over the changed clocks is an hour shorter or longer', () => {
	const early = office('Europe/Berlin', { workStart: 0, workEnd: 480, workDays: [7] });
	expect(workingMinutesBetween(early, at('2026-03-28T12:00:00Z'), at('2026-03-29T12:00:00Z'))).toBe(420);
	expect(workingMinutesBetween(early, at('2026-10-24T12:00:00Z'), at('2026-10-25T12:00:00Z'))).toBe(540);
	const skipped = office('Europe/Berlin', { workStart: 150, workEnd: 480, workDays: [7] });
	expect(nextWorkingMoment(skipped, at('2026-03-29T00:00:00Z'))).toEqual(at('2026-03-29T01:00:00Z'));
});

test('until midnight and across every half-hour zone the helpers agree', () => {
	for (const zone of [
		'Asia/Kathmandu',
		'Australia/Lord_Howe',
		'America/St_Johns',
		'Africa/Casablanca',
		'Pacific/Apia'
	]) {
		const late = office(zone, { workStart: 13 * 60, workEnd: 1440, workDays: [1, 2, 3, 4, 5, 6, 7] });
		for (let time = Date.UTC(2026, 2, 1); time < Date.UTC(2026, 4, 1); time += 5 * 3_600_000) {
			const next = nextWorkingMoment(late, new Date(time));
			expect(isWorking(late, next)).toBe(true);
			expect(workingMinutesBetween(late, new Date(time), next)).toBe(0);
		}
	}
});

test('days of leave are no working days, however long, and across changed clocks', () => {
	const away = office('Europe/Berlin', { leaves: [{ from: '2026-03-27', until: '2026-03-31' }] });
	expect(isWorking(away, at('2026-03-26T15:59:00Z'))).toBe(true);
	expect(isWorking(away, at('2026-03-27T09:00:00Z'))).toBe(false);
	// Clocks change on the 29th: nine o'clock on the first of April is seven in UTC.
	expect(nextWorkingMoment(away, at('2026-03-26T20:00:00Z'))).toEqual(at('2026-04-01T07:00:00Z'));
	expect(workingMinutesBetween(away, at('2026-03-26T00:00:00Z'), at('2026-04-02T00:00:00Z'))).toBe(2 * 480);
	const year = office('UTC', { leaves: [{ from: '2026-01-05', until: '2027-01-05' }] });
	expect(nextWorkingMoment(year, at('2026-01-05T10:00:00Z'))).toEqual(at('2027-01-06T09:00:00Z'));
	// A day is a day there: Tokyo's fifth begins while UTC still has the fourth.
	const tokyo = office('Asia/Tokyo', { leaves: [{ from: '2026-01-05', until: '2026-01-05' }] });
	expect(isWorking(tokyo, at('2026-01-05T03:00:00Z'))).toBe(false);
	expect(isWorking(tokyo, at('2026-01-06T00:30:00Z'))).toBe(true);
});
