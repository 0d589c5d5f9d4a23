import { inOrderOfLots } from '#src/platform/server/lots.ts';
import type { Draw } from './prompt.ts';

/**
 * Draws winners so that anybody can do it again: the smallest lots win. The hash of the seed was
 * shown before anybody had entered.
 * @param prizes one a winner, the first for the smallest lot
 * @example drawFrom('2f…', ['0199…a', '0199…b'], ['A book'])
 */
export function drawFrom(seed: string, entries: readonly string[], prizes: readonly string[]): Draw {
	const drawn = inOrderOfLots(seed, entries).slice(0, prizes.length);
	const winners = drawn.map((entry, at) => ({ entry, prize: prizes[at]! }));
	return { seed, entries: [...entries].sort(), winners };
}
