import type { ItemRow, ItemView } from '#src/core/items/post.ts';

export const ways = ['place', 'online', 'weeks'] as const;
export type Way = (typeof ways)[number];
export const wayLabels: Record<Way, string> = {
	place: 'Face to face',
	online: 'Online, at one time',
	weeks: 'Over some days or weeks, when it suits each'
};

export const aheads = ['hour', 'day'] as const;
export type Ahead = (typeof aheads)[number];
export const aheadLabels: Record<Ahead, string> = { hour: 'an hour before', day: 'a day before' };

export type Stage = 'coming' | 'on' | 'over';
export const stageLabels: Record<Stage, string> = { coming: 'Coming', on: 'Going on', over: 'Over' };

export interface Named {
	id: string;
	name: string;
}

/** When something is, as clocks and calendars show it there. */
export interface When {
	way: Way;
	/** `2030-03-12` */
	beginsOn: string;
	/** `14:00`; null over several weeks. */
	beginsAt: string | null;
	endsOn: string;
	endsAt: string | null;
	/** As IANA names it: `Europe/Vienna`. */
	zone: string;
}

/** An activity in a programme. */
export interface ActivityRow extends ItemRow {
	way: Way;
	place: string;
	/** Moments, ISO 8601. */
	begins: string;
	ends: string;
	/** In words, for whoever looks. */
	when: string;
	forWhom: string;
	runner: Named | null;
	stage: Stage;
	/** What it is for, as far as it is open to whoever looks. */
	serves: { title: string; href: string } | null;
}

/** The figure that an activity is to move. */
export interface ServedFigure {
	id: string;
	title: string;
	href: string;
	latest: { day: string; value: number } | null;
	unit: string;
	/** Whether the activity stands as a mark in it. */
	marked: boolean;
	/** Whether the viewer could mark it. */
	canMark: boolean;
	/** What it did since, or why that cannot be said; null without a mark. */
	said: string | null;
	/** It counts what people do here, not what comes of it in the work. */
	isActivity: boolean;
}

export interface ActivityView extends ItemView, When {
	place: string;
	link: string;
	begins: string;
	ends: string;
	when: string;
	/** The same on the viewer's clock, where that is another one. */
	yours: string | null;
	forWhom: string;
	runner: Named | null;
	stage: Stage;
	need: { id: string; title: string; href: string } | null;
	figure: ServedFigure | null;
	recording: string;
	ask: Named | null;
	/** When the viewer is reminded. */
	reminder: Ahead | null;
	/** Whether the viewer may change it, and say what came of it. */
	canKeep: boolean;
}

const locale = (language: string) => (language.startsWith('en-') ? language : 'en-GB');

/** "Tuesday, 12 March 2030, 14:00 to 15:30 (Vienna)" or "1 April to 30 April 2030". */
export function whenInWords(
	{ way, zone }: Pick<When, 'way' | 'zone'>,
	begins: string,
	ends: string,
	language: string
): string {
	const date = (at: Date, style: 'full' | 'long') =>
		new Intl.DateTimeFormat(locale(language), { dateStyle: style, timeZone: zone }).format(at);
	const time = (at: Date) => new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: zone }).format(at);
	// Over several weeks the end is the midnight after the last day.
	const [from, to] = [new Date(begins), new Date(new Date(ends).getTime() - (way === 'weeks' ? 1 : 0))];
	if (way === 'weeks') {
		const [first, last] = [date(from, 'long'), date(to, 'long')];
		return first === last ? first : `${first} to ${last}`;
	}
	const there = ` (${placeOf(zone)})`;
	const day = date(from, 'full');
	return day === date(to, 'full')
		? `${day}, ${time(from)} to ${time(to)}${there}`
		: `${day}, ${time(from)} to ${date(to, 'full')}, ${time(to)}${there}`;
}

/** `Europe/Vienna` is "Vienna". */
const placeOf = (zone: string) => zone.split('/').at(-1)!.replaceAll('_', ' ');

/** The same on another clock; null where it shows the same. */
export function yoursInWords(
	when: Pick<When, 'way' | 'zone'>,
	begins: string,
	ends: string,
	language: string,
	mine: string
): string | null {
	if (when.way === 'weeks') return null;
	const other = whenInWords({ ...when, zone: mine }, begins, ends, language);
	const bare = (text: string) => text.replace(/ \([^)]*\)$/, '');
	return bare(other) === bare(whenInWords(when, begins, ends, language)) ? null : other;
}

/** "1 hour 30 minutes"; null over several weeks, where nobody sits through it. */
export function lengthInWords({ way }: Pick<When, 'way'>, begins: string, ends: string): string | null {
	if (way === 'weeks') return null;
	const minutes = Math.round((Date.parse(ends) - Date.parse(begins)) / 60_000);
	const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
	const part = (count: number, word: string) => (count > 0 ? `${count} ${word}${count === 1 ? '' : 's'}` : '');
	return [part(days, 'day'), part(hours, 'hour'), part(rest, 'minute')].filter(Boolean).join(' ');
}
