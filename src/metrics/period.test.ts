import { expect, test } from 'vitest';
import { every } from './metric.ts';
import { firstDay, gapsIn, isDay, periodName, periodOf, startOf } from './period.ts';

test.each(every)('periods of a %s follow each other, and each knows its first day', (each) => {
	let period = periodOf('1999-12-20', each);
	for (let at = 0; at < 400; at += 1, period += 1) {
		const day = firstDay(period, each);
		expect(isDay(day)).toBe(true);
		expect(periodOf(day, each)).toBe(period);
		expect(startOf(day, each)).toBe(day);
		const before = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
		expect(periodOf(before, each)).toBe(period - 1);
	}
});

test('weeks begin on Monday, quarters in January, April, July and October', () => {
	expect(startOf('2026-11-29', 'week')).toBe('2026-11-23');
	expect(startOf('2026-11-30', 'week')).toBe('2026-11-30');
	expect(startOf('2026-11-30', 'quarter')).toBe('2026-10-01');
	expect(periodName('2026-10-01', 'quarter')).toBe('2026 Q4');
	expect([isDay('2026-02-29'), isDay('2028-02-29'), isDay('2026-2-3')]).toEqual([false, true, false]);
});

test('gaps are told from their first to their last period', () => {
	expect(gapsIn(['2026-01-01', '2026-02-01', '2026-05-01'], 'month')).toEqual([
		{ from: '2026-03-01', to: '2026-04-01', count: 2 }
	]);
});
