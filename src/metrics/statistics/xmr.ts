/**
 * The chart of single values and moving ranges (XmR): how far a figure moves by itself, and
 * which values are more than that.
 */

/** 3 / d2 for ranges of two: the limits stand three standard deviations from the middle. */
const LIMIT = 3 / 1.128;
/** So many on one side of the middle are more than chance. */
const RUN = 8;
/** With fewer values the limits move with each new one. */
export const FIRM = 12;

export interface Limits {
	middle: number;
	low: number;
	high: number;
	/** The mean of the moving ranges. */
	range: number;
	/** Values they come from. */
	from: number;
}

/** Why a value is a signal: outside the limits; one of a run on one side; three of four nearer a limit than the middle. */
export type Rule = 'outside' | 'run' | 'near limit';

export interface Chart {
	limits: Limits;
	/** By the place of the value. */
	signals: Map<number, Rule>;
}

/**
 * @param values with the number of their period, in order; a gap parts a moving range and a run
 * @param base how many of the first values the limits come from; all unless told
 * @returns undefined where there are not two neighbours
 */
export function xmr(values: readonly { period: number; value: number }[], base = values.length): Chart | undefined {
	const limits = limitsOf(values.slice(0, base));
	if (!limits) return undefined;
	const signals = new Map<number, Rule>();
	for (const [at, rule] of nearLimit(values, limits)) signals.set(at, rule);
	for (const [at, rule] of runs(values, limits)) signals.set(at, rule);
	for (const [at, { value }] of values.entries())
		if (value > limits.high || value < limits.low) signals.set(at, 'outside');
	return { limits, signals };
}

function limitsOf(values: readonly { period: number; value: number }[]): Limits | undefined {
	const ranges = values.flatMap(({ period, value }, at) => {
		const before = values[at - 1];
		return before && period - before.period === 1 ? [Math.abs(value - before.value)] : [];
	});
	if (ranges.length === 0) return undefined;
	const middle = mean(values.map(({ value }) => value));
	const range = mean(ranges);
	return { middle, low: middle - LIMIT * range, high: middle + LIMIT * range, range, from: values.length };
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** Values of runs of eight or more on one side of the middle. */
function runs(values: readonly { period: number; value: number }[], { middle }: Limits): [number, Rule][] {
	const found: [number, Rule][] = [];
	let begun = 0;
	const sideAt = (at: number) => Math.sign(values[at]!.value - middle);
	for (let at = 0; at < values.length; at += 1) {
		const goesOn = at > 0 && sideAt(at) === sideAt(at - 1) && values[at]!.period - values[at - 1]!.period === 1;
		if (!goesOn) begun = at;
		if (sideAt(at) === 0 || at - begun + 1 < RUN) continue;
		for (let one = at - RUN + 1; one <= at; one += 1) found.push([one, 'run']);
	}
	return found;
}

/** Values of three out of four in a row that are nearer a limit than the middle, on one side. */
function nearLimit(values: readonly { period: number; value: number }[], limits: Limits): [number, Rule][] {
	const found: [number, Rule][] = [];
	const half = (limits.high - limits.middle) / 2;
	for (let at = 3; at < values.length; at += 1) {
		const four = [at - 3, at - 2, at - 1, at];
		if (values[at]!.period - values[at - 3]!.period !== 3) continue;
		for (const side of [1, -1]) {
			const near = four.filter((one) => side * (values[one]!.value - limits.middle) > half);
			if (near.length >= 3) found.push(...near.map((one): [number, Rule] => [one, 'near limit']));
		}
	}
	return found;
}

/** What a rule says of a value, in words; and of some of them. */
export const ruleWords: Record<Rule, string> = {
	outside: 'outside the limits',
	run: 'in a run on one side',
	'near limit': 'near a limit'
};
export const rulesSay: Record<Rule, string> = {
	outside: 'Outside the limits: something was different then.',
	run: `In a run of ${RUN} or more on one side of the middle: the level has moved.`,
	'near limit': 'Three out of four near a limit: it may be moving.'
};
