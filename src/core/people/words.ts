import { dayInWords } from '#src/platform/day.ts';
import type { WorkingHours } from './hours.ts';

/** What colleagues see of somebody's leave. */
export interface Away {
	/** Its last day, `2026-12-13`. */
	until: string;
	/** In the person's own words; empty for none. */
	word: string;
}

/** @example "Away until 13 December 2026. Back in the new year" */
export const awayInWords = ({ until, word }: Away, language: string): string =>
	[`Away until ${dayInWords(until, language)}.`, word].filter(Boolean).join(' ');

/** The days of a week from Monday on, as a language names them. @example weekdays('de', 'short') // ['Mo', 'Di', …] */
export function weekdays(language: string, style: 'long' | 'short' = 'long'): string[] {
	const names = new Intl.DateTimeFormat([language, 'en'], { weekday: style, timeZone: 'UTC' });
	// The first of 2024 was a Monday.
	return [1, 2, 3, 4, 5, 6, 7].map((day) => names.format(Date.UTC(2024, 0, day)));
}

/** Minutes after midnight as a clock shows them. @example clock(570) // "09:30" */
export const clock = (minutes: number): string =>
	`${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** What clocks in a time zone show. @example timeIn('Asia/Tokyo', new Date()) // "17:05" */
export const timeIn = (timeZone: string, at: Date): string =>
	new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);

/** When somebody works, in words; the days as the reader's language names them. @example "Mon, Tue, Wed 09:00–17:00" */
export function hoursInWords(
	{ workStart, workEnd, workDays }: Omit<WorkingHours, 'timeZone'>,
	language: string
): string {
	if (workDays.length === 0) return 'No fixed working hours';
	const names = weekdays(language, 'short');
	const days = [...workDays].sort().map((day) => names[day - 1]!);
	const row = workDays.every((day, index) => index === 0 || day === workDays[index - 1]! + 1) && workDays.length > 2;
	return `${row ? `${days[0]}–${days.at(-1)}` : days.join(', ')}, ${clock(workStart)}–${clock(workEnd)}`;
}

/** Roles in the organisation, with what they may do. */
export const roleOptions = [
	{ value: 'admin', label: 'Admin', hint: 'Looks after people, roles and the organisation.' },
	{ value: 'community_manager', label: 'Community manager', hint: 'Invites people and helps spaces to live.' },
	{ value: 'learning_adviser', label: 'Learning adviser', hint: 'Helps teams to find what they need to know.' },
	{ value: 'people_manager', label: 'People manager', hint: 'Manages people and works with learning advisers.' }
] as const;

/** A browser as people know it, from what it says of itself. @example "Firefox on Windows" */
export function deviceName(userAgent: string): string {
	const browser = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((name) => userAgent.includes(name));
	const system = /Android|iPhone|iPad|Windows|Mac OS|CrOS|Linux/.exec(userAgent)?.[0];
	const name = { Edg: 'Edge', OPR: 'Opera' }[browser ?? ''] ?? browser ?? 'A browser';
	return system ? `${name} on ${system === 'CrOS' ? 'ChromeOS' : system}` : name;
}
