import { expect, test } from 'vitest';
import { exactTime, relativeTime } from './times.ts';

const at = new Date('2026-05-03T22:30:00Z');
const later = (minutes: number) => ({ now: at.getTime() + minutes * 60_000, timeZone: 'UTC', language: 'en' });

test.each([
	[0, 'now'],
	[1, '1 minute ago'],
	[59, '59 minutes ago'],
	[60, '1 hour ago'],
	[21 * 60, '21 hours ago'],
	[23 * 60, 'yesterday'],
	[6 * 24 * 60, '6 days ago'],
	[8 * 24 * 60, 'May 3'],
	[400 * 24 * 60, 'May 3, 2026'],
	[-90, 'in 2 hours']
])('after %i minutes', (minutes, words) => {
	expect(relativeTime(at, later(minutes))).toBe(words);
});

test('the exact time is told in the zone of the reader', () => {
	const told = exactTime(at, { now: 0, timeZone: 'Europe/Amsterdam', language: 'en-GB' });
	expect(told).toContain('Monday');
	expect(told).toContain('00:30');
});

test('a language or zone that nobody knows does not break a page', () => {
	expect(relativeTime(at, { now: at.getTime(), timeZone: 'Mars/Base', language: 'xx-nonsense-??' })).toBe('now');
	expect(exactTime(at, { now: 0, timeZone: 'Mars/Base', language: '??' })).toContain('2026');
});
