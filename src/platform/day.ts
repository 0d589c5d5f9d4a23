/** Days as the calendar has them, without an hour: `2026-12-24`. */

/** Which day it is there now. @param timeZone as IANA names it: `Europe/Vienna` */
export const todayIn = (timeZone: string, now = new Date()): string =>
	new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);

/**
 * "3 December 2030"; in English, as the words around it, in the way of writing that somebody chose.
 * @param day `2030-12-03`
 */
export function dayInWords(day: string, language = 'en'): string {
	const locale = language.startsWith('en-') ? language : 'en-GB';
	return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** The Monday of a moment's week, in UTC. @example mondayOf(new Date('2030-04-11T09:00Z')) // '2030-04-08' */
export function mondayOf(moment: Date): string {
	const daysSince = (moment.getUTCDay() + 6) % 7;
	return new Date(moment.getTime() - daysSince * 86_400_000).toISOString().slice(0, 10);
}
