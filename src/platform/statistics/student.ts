import jstat from 'jstat';

const { studentt } = jstat.jStat;

/** How far from the middle the given part of Student's distribution ends: 2.02 for 0.95 and 40 degrees of freedom. */
export const studentSpread = (level: number, freedom: number): number => studentt.inv((1 + level) / 2, freedom);

/** The chance of a value as far from the middle as `t`, or farther, on either side. */
export const studentTwoSided = (t: number, freedom: number): number =>
	Math.min(1, 2 * studentt.cdf(-Math.abs(t), freedom));
