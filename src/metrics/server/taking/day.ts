import type { Every } from '../../metric.ts';
import { isDay, startOf } from '../../period.ts';

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const QUARTER = /^(\d{4})[- ]?[Qq]([1-4])$/;
const WEEK = /^(\d{4})-?W(0[1-9]|[1-4]\d|5[0-3])$/;
const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?$/;

/**
 * The first day of the period that a line of a table is about. A time of day has to be the
 * first moment of a day in the time zone of the series: any other is about part of a day, or
 * comes from a clock in another zone.
 * @returns the day, or what is wrong with it
 */
export function readDay(given: string, every: Every, zone: string): { day: string } | string {
	const text = given.trim();
	if (!text) return 'has no day';
	const plain = plainDay(text, every);
	if (plain !== undefined) return plain;
	const time = TIME.exec(text);
	if (!time) return `“${text.slice(0, 40)}” is no day: write it as 2030-03-12`;
	const [, day = '', hour, minute, second = '00', part = '', offset] = time;
	if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return `${text} is no time`;
	const local = offset ? inZone(new Date(`${day}T${hour}:${minute}:${second}${offsetOf(offset)}`), zone) : undefined;
	const [onDay, clock] = local ?? [day, `${hour}:${minute}:${second}`];
	if (clock !== '00:00:00' || Number(part) > 0)
		return `${text} is ${clock.slice(0, 5)} on ${onDay} in ${zone}, not the beginning of a day: is it from another time zone?`;
	return { day: startOf(onDay, every) };
}

function plainDay(text: string, every: Every): { day: string } | string | undefined {
	if (/^\d{4}-\d\d-\d\d$/.test(text))
		return isDay(text) ? { day: startOf(text, every) } : `${text} is not in the calendar`;
	const month = MONTH.exec(text);
	if (month) return every === 'month' ? { day: `${text}-01` } : `${text} is a month, and the series has ${every}s`;
	const quarter = QUARTER.exec(text);
	if (quarter) {
		const day = `${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, '0')}-01`;
		return every === 'quarter' ? { day } : `${text} is a quarter, and the series has ${every}s`;
	}
	const week = WEEK.exec(text);
	if (week)
		return every === 'week'
			? weekDay(Number(week[1]), Number(week[2]))
			: `${text} is a week, and the series has ${every}s`;
	return undefined;
}

/** The Monday of a week of ISO 8601: week 1 holds the 4th of January. */
function weekDay(year: number, week: number): { day: string } | string {
	const first = startOf(`${String(year).padStart(4, '0')}-01-04`, 'week');
	const day = new Date(Date.parse(`${first}T00:00:00Z`) + (week - 1) * 7 * 86_400_000).toISOString().slice(0, 10);
	const thursday = new Date(Date.parse(`${day}T00:00:00Z`) + 3 * 86_400_000);
	return thursday.getUTCFullYear() === year ? { day } : `${year} has no week ${week}`;
}

/** `+01`, `+0100` and `+01:00` are the same; the first is how PostgreSQL writes it. */
const offsetOf = (offset: string) =>
	offset === 'Z' ? offset : `${offset.slice(0, 3)}:${offset.replace(':', '').slice(3) || '00'}`;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment by the clocks of a zone: its day and its time. */
export function inZone(time: Date, zone: string): [day: string, clock: string] {
	let format = formats.get(zone);
	if (!format) {
		// Swedish writes dates as ISO 8601 does.
		format = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
		formats.set(zone, format);
	}
	const [day = '', clock = ''] = format.format(time).split(' ');
	return [day, clock];
}
