import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { someoneWaits, visitedLately } from './visits.ts';

/** Milliseconds of work between two rests: a page that is asked for meanwhile hardly notices. */
const STRETCH = 2;
/** How much longer a rest is than the work before it, while people ask for pages. */
const SHARE = 24;
/** Milliseconds of one rest at most, of waiting for those who are served, and of all long rests together. */
const LONGEST = 400;
const LONGEST_WAIT = 50;
const PATIENCE = 60_000;
/** After so long a rest the shares are smaller: others may wait for the end of this work. */
const SMALL_SHARE = 2;

/**
 * Parts long work of this process into short stretches with rests between them, so that whoever asks for a page
 * meanwhile is answered. Where nobody has asked for anything lately it only lets others take their turn.
 * @example
 * const breath = breathing();
 * for (const page of pages) { read(page); await breath(); }
 */
export function breathing(): () => Promise<void> {
	let since = performance.now();
	let rested = 0;
	return async () => {
		const worked = performance.now() - since;
		if (worked < STRETCH) return;
		const begin = performance.now();
		if (visitedLately()) {
			await wait(Math.min(LONGEST, worked * (rested < PATIENCE ? SHARE : SMALL_SHARE)));
			for (const end = performance.now() + LONGEST_WAIT; someoneWaits() && performance.now() < end;) await wait(1);
		} else await turn();
		since = performance.now();
		rested += since - begin;
	};
}

/** For work that nobody waits beside: it goes on at once. */
export const breathless = (): Promise<void> => Promise.resolve();

/** A list in pieces that are worked on at once: all of them large, or small where others are to breathe in between. */
export function* slices<T>(
	list: T[],
	{ many, few }: { many: number; few: number },
	breath: () => Promise<void>
): Generator<T[]> {
	const most = breath === breathless ? many : few;
	for (let from = 0; from < list.length; from += most) yield list.slice(from, from + most);
}
