import type { Every, Point } from '../../metric.ts';
import { periodName } from '../../period.ts';
import { readDay } from './day.ts';
import { readNumber, type Decimal } from './number.ts';

/** A line as it comes in: nothing of it is trusted yet. */
export interface Given {
	/** Where it stood, counted from 1. */
	line: number;
	day: string;
	value: string | number;
	/** Where the line says it. */
	unit?: string;
}

/** What a series can be. */
export interface Bounds {
	every: Every;
	unit: string;
	zone: string;
	least: number | null;
	most: number | null;
}

/** A line that is not taken in, and why; with day and value where a person can decide to take it all the same. */
export interface Aside {
	line: number;
	day: string;
	value: string;
	why: string;
	point: Point | null;
}

export interface Sifted {
	/** New ones. */
	taken: Point[];
	/** Those that take the place of others, with what stood there. */
	replaced: (Point & { before: number })[];
	/** Lines that say what is there already. */
	repeated: number;
	aside: Aside[];
}

export interface How {
	decimal: Decimal;
	/** Whether a value that differs from the one that is there takes its place. */
	replace: boolean;
	/** The first day that has not begun, by the clock of the series. */
	tomorrow: string;
}

const EARLIEST = '1900-01-01';
/** As a value changes by its unit: hours for minutes, euros for cents. */
const LEAP = 10;
/** Values that say what is usual. */
const USUAL = 12;

/**
 * Parts lines that can be taken in from those that cannot. What is in the series stays as it is.
 * @param known the series as it is, by day
 */
export function sift(lines: readonly Given[], bounds: Bounds, known: ReadonlyMap<string, number>, how: How): Sifted {
	const sifted: Sifted = { taken: [], replaced: [], repeated: 0, aside: [] };
	const seen = new Map<string, number>();
	const leap = leapTest(known);
	for (const given of lines) {
		const read = readLine(given, bounds, how);
		const put = (why: string, point: Point | null = null) =>
			sifted.aside.push({
				line: given.line,
				day: given.day.slice(0, 60),
				value: String(given.value).slice(0, 60),
				why,
				point
			});
		if (typeof read === 'string') {
			put(read);
			continue;
		}
		const { day, value } = read;
		const [twice, before] = [seen.get(day), known.get(day)];
		const name = periodName(day, bounds.every);
		if (twice === value || (twice === undefined && before === value)) sifted.repeated += 1;
		else if (twice !== undefined) put(`${name} stands here twice: ${twice} was taken`, read);
		else if (before !== undefined && !how.replace) put(`${name} has ${before} already`, read);
		else if (leap(value)) put(`${value} is ${leap(value)}: has the unit changed?`, read);
		else {
			if (before === undefined) sifted.taken.push(read);
			else sifted.replaced.push({ ...read, before });
			seen.set(day, value);
		}
	}
	return sifted;
}

function readLine(
	given: Given,
	{ every, unit, zone, least, most }: Bounds,
	{ decimal, tomorrow }: How
): Point | string {
	const found = readDay(given.day, every, zone);
	if (typeof found === 'string') return found;
	const { day } = found;
	if (day >= tomorrow) return `${periodName(day, every)} has not begun yet`;
	if (day < EARLIEST) return `${day} is before 1900`;
	const said = given.unit?.trim();
	if (said && said.toLowerCase() !== unit.toLowerCase()) return `is in ${said.slice(0, 40)}, and the series in ${unit}`;
	const value = readNumber(given.value, decimal);
	if (typeof value === 'string') return value;
	if (least !== null && value < least) return `${value} is less than ${least}, the least it can be`;
	if (most !== null && value > most) return `${value} is more than ${most}, the most it can be`;
	return { day, value };
}

/**
 * Tells a value that is ten times larger than the largest, or smaller than the smallest, of a
 * series that was long enough on one side of zero.
 */
function leapTest(known: ReadonlyMap<string, number>): (value: number) => string | undefined {
	const sizes = [...known.values()].map(Math.abs);
	const [smallest, largest] = sizes.reduce(
		([low, high], size) => [Math.min(low, size), Math.max(high, size)],
		[Infinity, 0]
	);
	if (sizes.length < USUAL || largest === 0) return () => undefined;
	return (value) => {
		if (Math.abs(value) >= largest * LEAP) return 'ten times the largest so far, or more';
		return smallest > 0 && value !== 0 && Math.abs(value) <= smallest / LEAP
			? 'a tenth of the smallest so far, or less'
			: undefined;
	};
}
