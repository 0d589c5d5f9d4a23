import { createContext } from 'svelte';

/** The reader's time: what "now" is, in which zone and language times are told; and the language of what is shared. */
export interface Clock {
	readonly now: number;
	readonly timeZone: string;
	readonly language: string;
	readonly contentLanguage: string;
}

const [readClock, setClock, hasClock] = createContext<Clock>();

/**
 * Tells every Time beneath how late it is. The server and the browser start from the same
 * moment, so both write the same words; after that the clock moves on twice a minute.
 * Call it in a layout.
 */
export function provideClock(source: () => Clock): void {
	let passed = $state(0);
	$effect(() => {
		const start = performance.now();
		const timer = setInterval(() => (passed = performance.now() - start), 30_000);
		return () => clearInterval(timer);
	});
	setClock({
		get now() {
			return source().now + passed;
		},
		get timeZone() {
			return source().timeZone;
		},
		get language() {
			return source().language;
		},
		get contentLanguage() {
			return source().contentLanguage;
		}
	});
}

/** The clock of the layout around; without one, now in UTC. */
export function clockAround(): Clock {
	return hasClock() ? readClock() : { now: Date.now(), timeZone: 'UTC', language: 'en', contentLanguage: 'en' };
}
