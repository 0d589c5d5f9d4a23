import { createHash } from 'node:crypto';
import type { Draw } from './prompt.ts';

/** What an entry draws: SHA-256 of `seed:entry`, both as they are shown. */
export const lotOf = (seed: string, entry: string): string =>
	createHash('sha256').update(`${seed}:${entry}`).digest('hex');

/**
 * Draws winners so that anybody can do it again: each entry's lot is a hash of the seed and its
 * id, and the smallest lots win. The hash of the seed was shown before anybody had entered.
 * @param prizes one a winner, the first for the smallest lot
 * @example drawFrom('2f…', ['0199…a', '0199…b'], ['A book'])
 */
export function drawFrom(seed: string, entries: readonly string[], prizes: readonly string[]): Draw {
	const lots = entries.map((entry) => ({ entry, lot: lotOf(seed, entry) }));
	lots.sort((a, b) => (a.lot < b.lot ? -1 : 1));
	const winners = lots.slice(0, prizes.length).map(({ entry }, at) => ({ entry, prize: prizes[at]! }));
	return { seed, entries: [...entries].sort(), winners };
}
