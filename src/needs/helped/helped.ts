import type { Verdict } from '../plan/plan.ts';

/** Nothing is told of fewer people than this. */
export const FEWEST = 5;

/** What people say helped them, added up for a space or a problem at work. */
export interface Rolled {
	id: string;
	title: string;
	href: string;
	/** How often somebody said so, and how many did. */
	marks: number;
	people: number;
	/** Minutes saved, where five or more said how many; in whole minutes. */
	minutes: { people: number; sum: number; low: number; median: number; high: number } | null;
	/** What it changed, in their words, without names. */
	says: { text: string; title: string; href: string }[];
}

/** What was seen of a plan. */
export interface Seen {
	id: string;
	title: string;
	figure: string;
	baseline: number;
	target: number;
	value: number;
	verdict: Verdict;
	says: string;
}

/** A quarter, for those who decide: what helped, and what became of problems at work. */
export interface Helped {
	/** `2030-Q1` */
	quarter: string;
	bySpace: Rolled[];
	byNeed: Rolled[];
	/** Spaces in which fewer than five said so: no more is told of them, and no sum holds them. */
	spacesLeftOut: number;
	needsLeftOut: number;
	reviews: Seen[];
}

/** "3 hours 20 minutes". */
export function minutesInWords(minutes: number): string {
	const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
	const parts = [
		...(hours > 0 ? [`${hours.toLocaleString('en')} ${hours === 1 ? 'hour' : 'hours'}`] : []),
		...(rest > 0 || hours === 0 ? [`${rest} ${rest === 1 ? 'minute' : 'minutes'}`] : [])
	];
	return parts.join(' ');
}

/** What was saved, and how it spreads, as one sentence. */
export function savedInWords({ minutes }: Pick<Rolled, 'minutes'>): string {
	if (!minutes) return 'Too few said how much time it saved.';
	const { people, sum, low, median, high } = minutes;
	return `${people} people say it saved them ${minutesInWords(sum)} in all: mostly ${low} to ${high} minutes each time, half of them ${median} or less.`;
}
