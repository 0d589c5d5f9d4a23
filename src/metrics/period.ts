import type { Every } from './metric.ts';

/** Days of the calendar as numbers, counted from 1970-01-01; periods of a series likewise. */
const DAY = 86_400_000;
const toDays = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY;
const fromDays = (days: number): string => new Date(days * DAY).toISOString().slice(0, 10);

/** The 1970-01-01 was a Thursday; weeks begin on Mondays. */
const MONDAY = 4;

/**
 * The number of the period that holds a day: neighbours differ by one.
 * @param day `2030-03-12`
 */
export function periodOf(day: string, every: Every): number {
	const [year, month] = day.split('-').map(Number) as [number, number];
	if (every === 'day') return toDays(day);
	if (every === 'week') return Math.floor((toDays(day) - MONDAY) / 7);
	const months = year * 12 + month - 1;
	return every === 'month' ? months : Math.floor(months / 3);
}

/** The first day of a period. */
export function firstDay(period: number, every: Every): string {
	if (every === 'day') return fromDays(period);
	if (every === 'week') return fromDays(period * 7 + MONDAY);
	const months = every === 'month' ? period : period * 3;
	const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`;
}

/** The first day of the period that holds a day. */
export const startOf = (day: string, every: Every): string =>
	every === 'day' ? day : firstDay(periodOf(day, every), every);

/** Whether the calendar has such a day: `2030-02-30` it has not. */
export function isDay(text: string): boolean {
	const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** What a period is called: `2030-03` for a month, `2030 Q1` for a quarter, else its first day. */
export function periodName(day: string, every: Every): string {
	if (every === 'month') return day.slice(0, 7);
	if (every === 'quarter') return `${day.slice(0, 4)} Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
	return day;
}

/** How many periods make a cycle that comes again, where there is one worth looking for. */
export const cycleOf: Record<Every, number> = { day: 7, week: 52, month: 12, quarter: 4 };

/** The periods without a value between the first and the last. @param days in their order, first days of periods */
export function gapsIn(days: readonly string[], every: Every): { from: string; to: string; count: number }[] {
	const gaps: { from: string; to: string; count: number }[] = [];
	for (let at = 1; at < days.length; at += 1) {
		const [before, next] = [periodOf(days[at - 1]!, every), periodOf(days[at]!, every)];
		if (next - before > 1)
			gaps.push({ from: firstDay(before + 1, every), to: firstDay(next - 1, every), count: next - before - 1 });
	}
	return gaps;
}
