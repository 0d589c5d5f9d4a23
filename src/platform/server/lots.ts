import { hash, randomBytes } from 'node:crypto';
import { hashSecret } from './secrets.ts';

/**
 * A secret number to draw by, and the hash that is shown from the first moment on, so that it
 * cannot be another one later.
 */
export function newSeed(): { seed: string; seedHash: string } {
	const seed = randomBytes(32).toString('hex');
	return { seed, seedHash: hashSecret(seed) };
}

/** What somebody draws: SHA-256 of `seed:id`, both as they are shown. */
export const lotOf = (seed: string, id: string): string => hash('sha256', `${seed}:${id}`);

/**
 * Ids in the order of their lots, the smallest first: anybody can do it again.
 * @example inOrderOfLots('2f…', ['0199…a', '0199…b'])
 */
export function inOrderOfLots(seed: string, ids: readonly string[]): string[] {
	const lots = ids.map((id) => ({ id, lot: lotOf(seed, id) }));
	return lots.sort((a, b) => (a.lot < b.lot ? -1 : 1)).map(({ id }) => id);
}
