import { perLabels, periodsOf, type Better, type Every, type Mark, type Point } from './metric.ts';
import { firstDay, periodName, periodOf } from './period.ts';
import { differences } from './statistics/differences.ts';
import type { Estimate } from './statistics/estimate.ts';
import { interrupted, type Value } from './statistics/interrupted.ts';
import { signed, valueText } from './ticks.ts';

/** What a series is, as far as its effects are said. */
export interface Series {
	title: string;
	unit: string;
	every: Every;
	better: Better;
	points: readonly Point[];
}

/** A number of an effect, with its name. */
export interface Part extends Estimate {
	name: string;
}

/** What was reckoned. */
export interface Reckoned {
	kind: 'reckoned';
	/** What the interval says: it lies on one side of zero, or not. */
	verdict: 'better' | 'worse' | 'open';
	/** One plain sentence, with the smallest effect that could be seen. */
	sentence: string;
	/** How much more or less there was each period, on average since. */
	average: Estimate;
	parts: Part[];
	assumptions: string[];
	lines: { period: number; fitted: number; without: number }[];
	/** Values it was reckoned from. */
	window: { from: string; to: string; before: number; after: number };
	rho: number;
	lags: number;
}

/** The data cannot tell, and why. */
export interface Refused {
	kind: 'refused';
	reasons: string[];
}

export type Effect = Reckoned | Refused;

/** Fewer values do not part a trend, a step and chance. */
export const [FEWEST_BEFORE, FEWEST_AFTER] = [12, 8];
/** Where more is missing, what is missing may matter more than what was done. */
const MOST_MISSING = 0.2;
/** Where neighbours are more alike, a trend and a step look the same. */
const MOST_ALIKE = 0.9;
/** Chance under which two series count as having drifted apart before. */
const DRIFT = 0.05;

/**
 * What a series did since something was done, against its own past.
 * @param marks all of the series: values before the mark before, and after the one after, are left out
 */
export function effectSince(series: Series, mark: Pick<Mark, 'day'>, marks: readonly Pick<Mark, 'day'>[]): Effect {
	const { every } = series;
	const from = periodOf(mark.day, every);
	const values = within(valuesOf(series), from, marks, every);
	const wrong = unfit(values, from, every);
	if (wrong.length > 0) return { kind: 'refused', reasons: wrong };
	const found = interrupted(values, from, every);
	if (!found) return refusal(SAME);
	if (found.rho > MOST_ALIKE) return refusal(ALIKE);
	const { average, level, trend, before, rho, lags, lines, season } = found;
	const per = perLabels[every];
	return {
		...{ kind: 'reckoned', ...saidOf(series, from, average), average, rho, lags, lines },
		parts: [
			{ name: 'On average since', ...average },
			{ name: 'At once', ...level },
			{ name: `More rise ${per} than before`, ...trend },
			{ name: `Rise ${per} before`, ...before }
		],
		assumptions: [
			'Without it, the line from before would have gone on as it was.',
			'Nothing else that matters changed at the same time: what did is in this number, too.',
			'What was done worked from that day on, at once or step by step.',
			hangs(rho),
			season
				? 'What comes again each cycle was taken out.'
				: 'There are fewer than two whole cycles, so a season was not taken out: it may be in this number.'
		],
		window: windowOf(values, from, every)
	};
}

/**
 * What a series did since something was done, against another one where it was not.
 * @param other of the same rhythm
 */
export function effectAgainst(
	series: Series,
	other: Series,
	mark: Pick<Mark, 'day'>,
	marks: readonly Pick<Mark, 'day'>[]
): Effect {
	const { every } = series;
	if (other.every !== every) return refusal(`“${other.title}” has one value a ${other.every}, this one a ${every}.`);
	if (other.unit.toLowerCase() !== series.unit.toLowerCase())
		return refusal(`“${other.title}” is in ${other.unit}, this one in ${series.unit}: their difference is no number.`);
	const from = periodOf(mark.day, every);
	const known = new Set(other.points.map(({ day }) => periodOf(day, every)));
	const values = within(valuesOf(series), from, marks, every).filter(({ period }) => known.has(period));
	const wrong = unfit(values, from, every).map((reason) => `${reason} Only what both have counts.`);
	if (wrong.length > 0) return { kind: 'refused', reasons: wrong };
	const found = differences(values, valuesOf(other), from);
	if (!found) return refusal(SAME);
	if (found.rho > MOST_ALIKE) return refusal(ALIKE);
	const { average, drift, driftChance, rho, lags, lines } = found;
	if (driftChance < DRIFT)
		return refusal(
			`Before it the two drifted apart by ${valueText(drift.value)} ${series.unit} ${perLabels[every]}: what they did since can be more of that.`
		);
	return {
		...{ kind: 'reckoned', ...saidOf(series, from, average, other.title), average, rho, lags, lines },
		parts: [
			{ name: 'On average since, more than the other', ...average },
			{ name: `Drift ${perLabels[every]} before`, ...drift }
		],
		assumptions: [
			`Without it, the two would have changed alike. Before it they did not visibly drift apart (chance ${driftChance.toFixed(2)}).`,
			`Nothing was done where “${other.title}” is counted, and what was done here did not reach there.`,
			'Nothing else that matters changed in one place alone.',
			hangs(rho)
		],
		window: windowOf(values, from, every)
	};
}

export const SAME = 'The values hardly differ from each other: there is nothing to reckon with.';
const ALIKE = 'Neighbouring values are so much alike that a step, a trend and chance look the same here.';
export const refusal = (reason: string): Refused => ({ kind: 'refused', reasons: [reason] });

const hangs = (rho: number) =>
	`Neighbouring values hang together (${rho.toFixed(2)} of 1); the interval is as much wider as that costs.`;

const valuesOf = ({ points, every }: Series): Value[] =>
	points.map(({ day, value }) => ({ period: periodOf(day, every), value }));

/** The values between the mark before and the mark after: there, only this was done. */
function within(values: readonly Value[], from: number, marks: readonly Pick<Mark, 'day'>[], every: Every): Value[] {
	const periods = marks.map(({ day }) => periodOf(day, every));
	const begin = Math.max(-Infinity, ...periods.filter((period) => period < from));
	const end = Math.min(Infinity, ...periods.filter((period) => period > from));
	return values.filter(({ period }) => period >= begin && period < end);
}

/** Why the values are too few or too broken. */
function unfit(values: readonly Value[], from: number, every: Every): string[] {
	const before = values.filter(({ period }) => period < from).length;
	const after = values.length - before;
	const reasons: string[] = [];
	if (before < FEWEST_BEFORE)
		reasons.push(
			`There are ${periodsOf(before, every)} before it, back to the mark before; ${FEWEST_BEFORE} are needed.`
		);
	if (after < FEWEST_AFTER)
		reasons.push(`There are ${periodsOf(after, every)} since, up to the next mark; ${FEWEST_AFTER} are needed.`);
	const span = (values.at(-1)?.period ?? 0) - (values[0]?.period ?? 0) + 1;
	const missing = span - values.length;
	if (reasons.length === 0 && missing > span * MOST_MISSING)
		reasons.push(`${periodsOf(missing, every)} of ${span} are missing: what they were may matter more.`);
	return reasons;
}

function windowOf(values: readonly Value[], from: number, every: Every): Reckoned['window'] {
	const before = values.filter(({ period }) => period < from).length;
	const [first, last] = [values[0]!.period, values.at(-1)!.period];
	return { from: firstDay(first, every), to: firstDay(last, every), before, after: values.length - before };
}

/** The verdict and its sentence. */
function saidOf(
	{ title, unit, every, better }: Series,
	from: number,
	{ value, low, high, smallest }: Estimate,
	other?: string
): Pick<Reckoned, 'verdict' | 'sentence'> {
	const since = `since ${periodName(firstDay(from, every), every)}`;
	const per = `${unit} ${perLabels[every]}`;
	const blind = blindBelow(smallest);
	if (low <= 0 && high >= 0) {
		const sentence = `Whether “${title}” changed ${since}${other ? ` more than “${other}”` : ''} cannot be told: anything between ${signed(low)} and ${signed(high)} ${per} fits.`;
		return { verdict: 'open', sentence: `${sentence} ${blind}` };
	}
	const rose = value > 0;
	const [near, far] = [Math.abs(low), Math.abs(high)].sort((one, next) => one - next) as [number, number];
	const than = other ? `, measured against “${other}”` : '';
	const sentence = `“${title}” ${rose ? 'rose' : 'fell'} by ${valueText(Math.abs(value))} ${per} ${since}${than}, between ${valueText(near)} and ${valueText(far)}.`;
	return { verdict: rose === (better === 'more') ? 'better' : 'worse', sentence: `${sentence} ${blind}` };
}

/** What an interval as wide as this one cannot show. */
export const blindBelow = (smallest: number): string =>
	`With this much noise, a change smaller than ${valueText(smallest)} could mostly not be seen.`;
