import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds of work between two rests: a page that is asked for meanwhile hardly notices. */
const STRETCH = 8;
const LONGEST = 200;

/**
 * Parts long work of this process into short stretches with rests between them, each twice as long as the work
 * before it, so that whoever asks for a page meanwhile is answered.
 * @example
 * const breath = breathing();
 * for (const page of pages) { read(page); await breath(); }
 */
export function breathing(): () => Promise<void> {
	let since = performance.now();
	return async () => {
		const worked = performance.now() - since;
		if (worked < STRETCH) return;
		await wait(Math.min(LONGEST, worked * 2));
		since = performance.now();
	};
}

/** For work that nobody waits beside: it goes on at once. */
export const breathless = (): Promise<void> => Promise.resolve();
