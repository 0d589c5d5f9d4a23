import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds between the end of one visit and the next. */
const PAUSE = 1000;

/** The end of the last visit that each host has been promised, its pause included. */
const visits = new Map<string, Promise<void>>();

/**
 * Visits hosts as a good guest: each by one request at a time, with a pause after it, however many want to go
 * there; hosts do not wait for each other. It counts within this process. For work that nobody watches: whoever
 * looks at a page because somebody waits for it goes at once.
 * @example await politely(url, () => safeFetch(url, options))
 * @param url whose host is visited; where it leads to is not known before
 */
export async function politely<T>(url: string, visit: () => Promise<T>, pause = PAUSE): Promise<T> {
	const host = URL.canParse(url) ? new URL(url).host : url;
	const mine = (visits.get(host) ?? Promise.resolve()).then(visit);
	const over = mine.then(
		() => wait(pause, undefined, { ref: false }),
		() => wait(pause, undefined, { ref: false })
	);
	visits.set(host, over);
	// Hosts that nobody waits for are forgotten.
	void over.then(() => visits.get(host) === over && visits.delete(host));
	return mine;
}
