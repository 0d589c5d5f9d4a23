import { normalSpread } from './normal.ts';

/** An interval of shares, each from 0 to 1, or of differences of shares, from -1 to 1. */
export interface Interval {
	low: number;
	high: number;
}

const LEVEL = 0.95;

/**
 * Wilson's score interval of a share (Wilson 1927): it holds for small groups and for
 * shares near 0 and 1, where the usual plus or minus does not.
 * @param chosen of `n`, 1 at least, who chose it
 */
export function wilson(chosen: number, n: number, level = LEVEL): Interval {
	const z = normalSpread(level);
	const share = chosen / n;
	const centre = share + (z * z) / (2 * n);
	const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
	const whole = 1 + (z * z) / n;
	return { low: Math.max(0, (centre - spread) / whole), high: Math.min(1, (centre + spread) / whole) };
}

/** How many of a group chose something. */
export interface Part {
	chosen: number;
	n: number;
}

/** The interval of the difference of two independent shares, `a` less `b`: Newcombe 1998, method 10. */
export function newcombe(a: Part, b: Part, level = LEVEL): Interval {
	const [p, q] = [a.chosen / a.n, b.chosen / b.n];
	const [ofA, ofB] = [wilson(a.chosen, a.n, level), wilson(b.chosen, b.n, level)];
	return {
		low: p - q - Math.hypot(p - ofA.low, ofB.high - q),
		high: p - q + Math.hypot(ofA.high - p, q - ofB.low)
	};
}
