import jstat from 'jstat';

const { normal } = jstat.jStat;

/** How far from the middle the given part of a normal distribution ends: 1.96 for 0.95. */
export function normalSpread(level: number): number {
	const known = spreads.get(level) ?? normal.inv((1 + level) / 2, 0, 1);
	spreads.set(level, known);
	return known;
}
/** Few levels are ever asked for, each for every share of a page. */
const spreads = new Map<number, number>();

/** The chance of a value as far from the middle as `z`, or farther, on either side. */
export const twoSided = (z: number): number => Math.min(1, 2 * normal.cdf(-Math.abs(z), 0, 1));
