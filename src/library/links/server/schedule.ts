/** How often a page is looked at again: pages that change often, those that rest seldom. */
const SOONEST = 1;
const LATEST = 60;

/** After so many failed looks in a row a page counts as lost. */
export const LOST_AFTER = 3;

/** What a look told about a page that is known. */
export type Change = 'same' | 'changed' | 'failed';

/**
 * Days until the next look. Twice as many each time a page is the same, half as many when
 * it has changed. One that fails is tried again after one day, then two, four …, and in the
 * end as seldom as one that rests: it may come back.
 */
export function nextLook(every: number, change: Change, failures: number): { every: number; days: number } {
	if (change === 'failed') return { every, days: Math.min(LATEST, 2 ** Math.min(failures - 1, 6)) };
	const next = change === 'same' ? every * 2 : every / 2;
	const bounded = Math.min(LATEST, Math.max(SOONEST, next));
	return { every: bounded, days: bounded };
}
