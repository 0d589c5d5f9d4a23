import type { Clock } from './clock.svelte.ts';

type Told = Pick<Clock, 'timeZone' | 'language'>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "5 minutes ago", "yesterday", "3 May": as near as a reader cares. */
export function relativeTime(at: Date, clock: Told & Pick<Clock, 'now'>): string {
	const age = clock.now - at.getTime();
	const past = Math.abs(age);
	const sign = age >= 0 ? -1 : 1;
	const words = told(clock, (language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }), 'words');
	if (past < 45_000) return words.format(0, 'second');
	if (past < HOUR - MINUTE / 2) return words.format(sign * Math.max(1, Math.round(past / MINUTE)), 'minute');
	if (past < 22 * HOUR) return words.format(sign * Math.round(past / HOUR), 'hour');
	if (past < 7 * DAY) return words.format(sign * Math.max(1, Math.round(past / DAY)), 'day');
	const year = past > 300 * DAY ? 'numeric' : undefined;
	const day = (language: string, timeZone: string) =>
		new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year, timeZone });
	return told(clock, day, `day${year ?? ''}`).format(at);
}

/** "Sunday 3 May 2026 at 14:05": the whole of it, for titles. */
export function exactTime(at: Date, clock: Told & Pick<Clock, 'now'>): string {
	const whole = (language: string, timeZone: string) =>
		new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone });
	return told(clock, whole, 'exact').format(at);
}

/** Making a formatter costs more than a hundred uses of it. */
const made = new Map<string, unknown>();

/** The formatter for a reader; in English and UTC where their language or zone is not known here. */
function told<T>({ language, timeZone }: Told, make: (language: string, timeZone: string) => T, kind: string): T {
	const key = `${kind} ${language} ${timeZone}`;
	if (!made.has(key))
		made.set(
			key,
			orPlain(
				() => make(language, timeZone),
				() => make('en', 'UTC')
			)
		);
	return made.get(key) as T;
}

function orPlain<T>(wanted: () => T, plain: () => T): T {
	try {
		return wanted();
	} catch {
		return plain();
	}
}
