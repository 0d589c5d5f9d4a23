import type { After, At, DemoPerson } from './shape.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const UNITS: Record<string, number> = { m: MINUTE, h: 60 * MINUTE, d: DAY };

/** When something was begun: so many days ago, at a time of the person's own day, on a day they work. */
export function momentAt(at: At, person: DemoPerson, now: Date): Date {
	const [days = '0', time = '10:00'] = at.split(' ');
	const [hours = 0, minutes = 0] = time.split(':').map(Number);
	for (let back = Number(days); ; back += 1) {
		const noon = localTime(new Date(now.getTime() - back * DAY), 12 * 60, person);
		const moment = localTime(noon, hours * 60 + minutes, person);
		if (isWorkday(moment, person) && moment < now) return moment;
	}
}

/** When something followed: so long after, or as soon as the person works again, but never in the future. */
export function momentAfter(begin: Date, after: After, person: DemoPerson, now: Date): Date {
	const [, amount = '0', unit = 'm'] = /^(\d+)([mhd])$/.exec(after) ?? [];
	const earliest = new Date(begin.getTime() + Number(amount) * UNITS[unit]!);
	const moment = nextWorking(earliest, person);
	if (moment < now) return moment;
	const latest = now.getTime() - MINUTE;
	return new Date(earliest.getTime() < latest ? earliest : Math.max(begin.getTime() + 1000, latest));
}

function nextWorking(from: Date, person: DemoPerson): Date {
	const { workStart = 9 * 60, workEnd = 17 * 60 } = person;
	for (let day = 0; ; day += 1) {
		const on = new Date(from.getTime() + day * DAY);
		if (!isWorkday(on, person)) continue;
		const start = localTime(on, workStart, person);
		// Nobody answers on the stroke of nine: the start differs from day to day.
		const begin = new Date(start.getTime() + (Math.floor(start.getTime() / DAY + person.key.length * 7) % 35) * MINUTE);
		const moment = from > begin ? from : begin;
		if (moment < localTime(on, workEnd, person)) return moment;
	}
}

function isWorkday(moment: Date, { workDays = [1, 2, 3, 4, 5], timeZone }: DemoPerson): boolean {
	const day = formats(timeZone).day.format(moment);
	return workDays.includes(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(day) + 1);
}

/** A time of the day that the moment falls on where the person lives. @param minutes after midnight */
function localTime(day: Date, minutes: number, { timeZone }: DemoPerson): Date {
	const date = formats(timeZone).date.format(day);
	const wanted = Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE;
	return new Date(wanted - offset(new Date(wanted), timeZone));
}

/** How far a zone's clocks are ahead of UTC, in milliseconds. */
function offset(moment: Date, timeZone: string): number {
	const parts = formats(timeZone).offset.formatToParts(moment);
	const [, sign = '+', hours = '0', minutes = '0'] =
		/GMT([+-])(\d+):(\d+)/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE;
}

type Formats = Record<'day' | 'date' | 'offset', Intl.DateTimeFormat>;
const made = new Map<string, Formats>();

/** Making a formatter takes a hundred times as long as using it. */
function formats(timeZone: string): Formats {
	const found = made.get(timeZone) ?? {
		day: new Intl.DateTimeFormat('en', { weekday: 'short', timeZone }),
		date: new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }),
		offset: new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
	};
	made.set(timeZone, found);
	return found;
}
