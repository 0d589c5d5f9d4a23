/** What decides how often a feed is looked at. */
export interface Pace {
	/** Minutes between its posts, lately; 0 where it is not known yet. */
	gapMinutes: number;
	/** Minutes it asks to be left alone; 0 where it does not. */
	restMinutes: number;
	/** Its server tells at once when there is something new. */
	pushed?: boolean;
}

/** Nobody is asked more often than four times an hour, nor less often than once a day. */
const SOONEST = 15;
const LATEST = 24 * 60;
const UNKNOWN = 60;
/** One that tells of news by itself is looked at so seldom besides. */
const PUSHED = 6 * 60;

/**
 * Minutes until a feed is looked at again: a quarter of the time between its posts, so that a post is seldom seen later
 * than that; never sooner than it asks.
 */
export function everyMinutes({ gapMinutes, restMinutes, pushed }: Pace): number {
	const wanted = gapMinutes === 0 ? UNKNOWN : Math.round(gapMinutes / 4);
	const least = Math.max(pushed ? PUSHED : SOONEST, Math.min(restMinutes, LATEST));
	return Math.min(LATEST, Math.max(least, wanted));
}

/** The same in words, for the reader who wonders. @example "Looked at every 6 hours: it posts about once a day." */
export function paceInWords(pace: Pace): string {
	const { gapMinutes, restMinutes } = pace;
	if (pace.pushed)
		return `It tells of news at once, and is looked at every ${spanInWords(everyMinutes(pace))} besides.`;
	const every = `Looked at every ${spanInWords(everyMinutes(pace))}`;
	const lately =
		gapMinutes === 0 ? 'how often it posts is not known yet' : `it posts about every ${spanInWords(gapMinutes)}`;
	return restMinutes > Math.max(SOONEST, gapMinutes / 4)
		? `${every}: ${lately}, and it asks to be left alone for ${spanInWords(restMinutes)}.`
		: `${every}: ${lately}.`;
}

/** Minutes as people say them. @example spanInWords(90) // "1½ hours" */
export function spanInWords(minutes: number): string {
	const units: [number, string][] = [
		[1, 'minute'],
		[60, 'hour'],
		[1440, 'day'],
		[10_080, 'week'],
		[43_200, 'month']
	];
	const [size, name] = units.findLast(([least]) => minutes >= least * 0.95) ?? units[0]!;
	const halves = Math.round((minutes / size) * 2) / 2;
	const count = `${Math.floor(halves) || ''}${halves % 1 ? '½' : ''}`;
	return halves === 1 ? name : `${count} ${name}s`;
}

/** Minutes to wait after a look that failed: more each time, a day at most. */
export const waitAfter = (failures: number): number => Math.min(LATEST, SOONEST * 2 ** Math.min(failures, 10));

/** A feed that has failed for so long counts as gone. */
export const GONE_AFTER_DAYS = 30;
