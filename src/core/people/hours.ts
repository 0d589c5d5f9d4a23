/** Days on which somebody is away, both included, as the calendar of their time zone has them: `2026-12-24`. */
export interface Days {
	from: string;
	until: string;
}

/** When somebody works: minutes after midnight in their own time zone, ISO days (Monday is 1). */
export interface WorkingHours {
	timeZone: string;
	workStart: number;
	workEnd: number;
	workDays: readonly number[];
	/** None where it is left out. */
	leaves?: readonly Days[];
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Somebody with one working day a week has the next within this. */
const HORIZON_DAYS = 15;

/**
 * Whether somebody is at work at a moment; the end of the working day is outside.
 * @example isWorking({ timeZone: 'Europe/Berlin', workStart: 540, workEnd: 1020, workDays: [1, 2, 3, 4, 5] }, new Date())
 */
export function isWorking(person: WorkingHours, at: Date): boolean {
	const { year, month, date, minutes } = local(person.timeZone, at.getTime());
	return worksOn(person, Date.UTC(year, month - 1, date)) && minutes >= person.workStart && minutes < person.workEnd;
}

/** The moment itself when somebody is at work, else the start of their next working day; the moment also for people without working days. */
export function nextWorkingMoment(person: WorkingHours, at: Date): Date {
	if (isWorking(person, at)) return at;
	const horizon = HORIZON_DAYS + daysAway(person);
	for (const { start } of workingSpans(person, at.getTime(), horizon)) {
		if (start >= at.getTime()) return new Date(start);
	}
	return at;
}

/** How many minutes of somebody's working time lie between two moments; none when the second is not later. */
export function workingMinutesBetween(person: WorkingHours, from: Date, to: Date): number {
	const [first, last] = [from.getTime(), to.getTime()];
	let milliseconds = 0;
	for (const { start, end } of workingSpans(person, first, Math.ceil((last - first) / DAY) + 2)) {
		milliseconds += Math.max(0, Math.min(end, last) - Math.max(start, first));
	}
	return Math.floor(milliseconds / MINUTE);
}

/** The working days around a moment as spans of time, from the day before it on. */
function* workingSpans(person: WorkingHours, from: number, days: number): Generator<{ start: number; end: number }> {
	const { year, month, date } = local(person.timeZone, from);
	for (let offset = -1; offset <= days; offset += 1) {
		const midnight = Date.UTC(year, month - 1, date + offset);
		if (!worksOn(person, midnight)) continue;
		yield {
			start: momentOf(person.timeZone, midnight + person.workStart * MINUTE),
			end: momentOf(person.timeZone, midnight + person.workEnd * MINUTE)
		};
	}
}

/** Whether somebody works on a day, given as its midnight in UTC. */
function worksOn({ workDays, leaves = [] }: WorkingHours, midnight: number): boolean {
	if (!workDays.includes(isoDay(midnight))) return false;
	if (leaves.length === 0) return true;
	const day = new Date(midnight).toISOString().slice(0, 10);
	return !leaves.some(({ from, until }) => from <= day && day <= until);
}

/** The length of all of somebody's leaves. */
const daysAway = ({ leaves = [] }: WorkingHours) =>
	leaves.reduce((sum, { from, until }) => sum + (Date.parse(until) - Date.parse(from)) / DAY + 1, 0);

const isoDay = (utc: number) => new Date(utc).getUTCDay() || 7;

/**
 * When clocks in a time zone show a time, given as if it were UTC. A time that clocks skip
 * in spring counts as the moment they change over; of one that comes twice, the first.
 */
export function momentOf(timeZone: string, shown: number): number {
	const [before, after] = [shown - offsetAt(timeZone, shown - DAY), shown - offsetAt(timeZone, shown + DAY)];
	const right = [before, after].filter((moment) => moment + offsetAt(timeZone, moment) === shown);
	return right.length > 0 ? Math.min(...right) : changeover(timeZone, Math.min(before, after), Math.max(before, after));
}

/** The minute between two moments at which the clocks are changed. */
function changeover(timeZone: string, low: number, high: number): number {
	const offset = offsetAt(timeZone, low);
	while (high - low > MINUTE) {
		const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
		if (offsetAt(timeZone, middle) === offset) low = middle;
		else high = middle;
	}
	return high;
}

/** How far the clocks of a time zone are ahead of UTC at a moment. */
function offsetAt(timeZone: string, at: number): number {
	const { year, month, date, minutes } = local(timeZone, at);
	return Date.UTC(year, month - 1, date) + minutes * MINUTE - Math.floor(at / MINUTE) * MINUTE;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function local(timeZone: string, at: number) {
	let clock = clocks.get(timeZone);
	if (!clock) {
		clock = new Intl.DateTimeFormat('en-GB', {
			...{ timeZone, calendar: 'gregory', hourCycle: 'h23' },
			...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' }
		});
		clocks.set(timeZone, clock);
	}
	const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
	const { year, month, day: date, hour, minute } = part as Record<'year' | 'month' | 'day' | 'hour' | 'minute', number>;
	return { year, month, date, minutes: hour * 60 + minute, day: isoDay(Date.UTC(year, month - 1, date)) };
}
