import type { Every } from './metric.ts';
import { firstDay, periodOf } from './period.ts';

/** Round numbers between two values, about five. */
export function axisTicks(low: number, high: number): number[] {
	const span = high - low || Math.abs(high) || 1;
	const raw = span / 5;
	const power = 10 ** Math.floor(Math.log10(raw));
	const step = power * ([1, 2, 5, 10].find((each) => each * power >= raw) ?? 10);
	const ticks: number[] = [];
	for (let at = Math.ceil(low / step); at * step <= high + step * 1e-9; at += 1) ticks.push(at * step);
	return ticks.length > 1 ? ticks : [low];
}

/** A number as people read it: four signs that count, thousands and millions shortened. */
export function numberText(value: number): string {
	const size = Math.abs(value);
	if (size === 0) return '0';
	if (size >= 1e9) return value.toExponential(1);
	if (size >= 1e6) return `${trim(value / 1e6, 2)}M`;
	if (size >= 1e4) return `${trim(value / 1e3, 1)}k`;
	return size < 1e-4 ? value.toExponential(1) : trim(value, size >= 100 ? 0 : size >= 1 ? 2 : 4);
}

const trim = (value: number, places: number) => String(Number(value.toFixed(places)));

/** Periods that a time axis names, evenly apart. */
export function timeTicks(
	first: string,
	last: string,
	every: Every,
	most: number
): { period: number; label: string }[] {
	const months = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
	const [from, to] = [months(first), months(last)];
	const step = [1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600].find((each) => (to - from) / each <= most) ?? 1200;
	const ticks: { period: number; label: string }[] = [];
	for (let month = Math.ceil(from / step) * step; month <= to; month += step) {
		const day = firstDay(month, 'month');
		if (day < first) continue;
		ticks.push({ period: periodOf(day, every), label: step < 12 ? day.slice(0, 7) : day.slice(0, 4) });
	}
	return ticks.length > 0 ? ticks : [{ period: periodOf(first, every), label: first }];
}

/** A value as a sentence says it: three signs that count, and no more than the series shows. */
export function valueText(value: number): string {
	if (value === 0 || !Number.isFinite(value)) return String(value);
	const places = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
	return Number(value.toFixed(Math.min(12, places))).toLocaleString('en', { maximumFractionDigits: 12 });
}

/** "+3", "−3". */
export const signed = (value: number) => (value < 0 ? `−${valueText(-value)}` : `+${valueText(value)}`);
