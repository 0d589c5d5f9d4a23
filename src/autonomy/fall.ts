/**
 * Whether the share of what people chose themselves has fallen. What is sent comes in bunches (one page is told to all
 * who follow it), so shares move more than by the lot of each: limits are those of Laney's p′ chart (Laney 2002),
 * which takes from the weeks themselves how much they move.
 */

export interface WeekCount {
	/** Its Monday. */
	week: string;
	/** All that was sent, and how much of it by the choice of who got it. */
	pushes: number;
	own: number;
}

/** Why the newest week stands for a fall: it is below the limit, or the eighth in a row below the middle. */
export type Fall = 'below' | 'run';

export interface Usual {
	/** The share of the weeks it comes from, and how many those are. */
	middle: number;
	weeks: number;
	/** How many times more the weeks move than by the lot of each; 1 at least. */
	spread: number;
}

/** With fewer weeks nothing is said: limits would move with each new one. */
export const FIRM = 12;
/** So many in a row on one side are more than chance. */
export const RUN = 8;
/** Standard deviations. */
const LIMIT = 3;
/** The mean range of two values of a normal distribution, in standard deviations. */
const D2 = 1.128;

const share = ({ own, pushes }: WeekCount) => own / pushes;
const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0);

/** What was usual in some weeks; undefined where they are too few, or all of one kind. */
export function usualOf(weeks: readonly WeekCount[]): Usual | undefined {
	const counted = weeks.filter(({ pushes }) => pushes > 0);
	if (counted.length < FIRM) return undefined;
	const middle = sum(counted.map(({ own }) => own)) / sum(counted.map(({ pushes }) => pushes));
	if (middle === 0 || middle === 1) return undefined;
	const away = counted.map((week) => (share(week) - middle) / lot(middle, week.pushes));
	const ranges = away.slice(1).map((one, at) => Math.abs(one - away[at]!));
	return { middle, weeks: counted.length, spread: Math.max(1, sum(ranges) / ranges.length / D2) };
}

/** How far a share moves by the lot of each. */
const lot = (middle: number, pushes: number) => Math.sqrt((middle * (1 - middle)) / pushes);

/** The limits of a week with so many pushes, from 0 to 1. */
export function limitsOf({ middle, spread }: Usual, pushes: number): { low: number; high: number } {
	const room = LIMIT * spread * lot(middle, pushes);
	return { low: Math.max(0, middle - room), high: Math.min(1, middle + room) };
}

/**
 * Whether the newest of some weeks stands for a fall. What is usual comes from the weeks before it, and for a run from
 * those before the run, so that a fall does not hide itself.
 * @param weeks in order, the newest last; those without pushes are passed over
 */
export function fallOf(weeks: readonly WeekCount[]): Fall | undefined {
	const counted = weeks.filter(({ pushes }) => pushes > 0);
	const last = counted.at(-1);
	const before = usualOf(counted.slice(0, -1));
	if (last && before && share(last) < limitsOf(before, last.pushes).low) return 'below';
	const earlier = usualOf(counted.slice(0, -RUN));
	const lately = counted.slice(-RUN);
	if (earlier && lately.every((week) => share(week) < earlier.middle) && clearly(lately, earlier)) return 'run';
	return undefined;
}

/** A middle that was estimated may itself be too high: as a whole, the run is two standard deviations below it. */
function clearly(lately: readonly WeekCount[], { middle, weeks, spread }: Usual): boolean {
	const pushes = sum(lately.map((week) => week.pushes));
	const all = sum(lately.map(({ own }) => own)) / pushes;
	const unsure = spread * lot(middle, pushes) * Math.sqrt(1 + RUN / weeks);
	return middle - all > 2 * unsure;
}
