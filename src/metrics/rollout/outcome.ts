import { blindBelow, refusal, SAME } from '../effect.ts';
import { perLabels, type Better } from '../metric.ts';
import { wedge, type Wedge } from '../statistics/wedge.ts';
import { signed, valueText } from '../ticks.ts';
import { periodsOff } from './cells.ts';
import type { Cell, Part, RolloutEffect, Schedule } from './rollout.ts';

/** A place with what is known of it. */
export interface Known {
	title: string;
	step: number;
	cells: readonly Cell[];
	/** Where what was done differs from what was drawn: from when on they had it, null for never. */
	departed?: { beganOn: string | null };
	/** Its definition was written anew since the draw. */
	redefined: boolean;
	/** Other things that are marked in its figure within the time. */
	marks: number;
}

interface About extends Schedule {
	unit: string;
	better: Better;
	/** The day of the draw. */
	drawnOn: string;
	today: string;
}

/** Less than this of the values of a part does not stand for it. */
const LEAST_KNOWN = 0.5;
const MOST_MISSING = 0.2;
/** Where more of the time differs from the draw, chance no longer decided who was early. */
const MOST_OFF = 0.2;

/**
 * What a roll-out changed: as it was drawn, whatever was done.
 * @param places all of them; null for one that the viewer may not read
 */
export function effectOfRollout(
	about: About,
	parts: readonly Part[],
	places: readonly (Known | null)[]
): RolloutEffect {
	const known = places.filter((place) => place !== null);
	const hidden = places.length - known.length;
	if (hidden > 0)
		return refusal(
			`${hidden === 1 ? 'One place is' : `${hidden} places are`} not open to you. Only who may read all figures sees what it changed.`
		);
	const end = parts.at(-1)!.to;
	if (about.today <= end)
		return refusal(
			`It ends on ${end}, and is reckoned once, afterwards: who looks again and again finds something by chance.`
		);
	const wrong = [...missing(parts, known), ...departed(about, parts, known)];
	if (wrong.length > 0) return { kind: 'refused', reasons: wrong };
	const found = wedge(
		known.map(({ cells }) => cells.map(({ mean }) => mean!)),
		known.map(({ step }) => step)
	);
	if (!found) return refusal(SAME);
	return { kind: 'reckoned', ...found, ...saidOf(about, found), assumptions: assumed(about, known, found) };
}

/** Places and parts with too few values. */
function missing(parts: readonly Part[], places: readonly Known[]): string[] {
	const reasons: string[] = [];
	const lengths = parts.map(({ periods: [first, end] }) => end - first);
	const all = lengths.reduce((sum, each) => sum + each, 0) * places.length;
	let there = 0;
	for (const { title, cells } of places) {
		const thin = parts.filter((_, at) => cells[at]!.values < lengths[at]! * LEAST_KNOWN);
		there += cells.reduce((sum, { values }) => sum + values, 0);
		if (thin.length > 0)
			reasons.push(
				`“${title}” has values for less than half of the time from ${thin.map(({ from }) => from).join(', ')} on.`
			);
	}
	if (reasons.length === 0 && all - there > all * MOST_MISSING)
		reasons.push(`${all - there} of ${all} values are missing: what they were may matter more.`);
	return reasons;
}

function departed({ every }: About, parts: readonly Part[], places: readonly Known[]): string[] {
	const all = (parts.at(-1)!.periods[1] - parts[0]!.periods[0]) * places.length;
	const off = places.reduce(
		(sum, { step, departed }) => sum + (departed ? periodsOff(parts, every, step, departed.beganOn) : 0),
		0
	);
	return off > all * MOST_OFF
		? [
				`What was done differs from what was drawn in ${Math.round((100 * off) / all)} of 100 ${every}s: too much to say what it changed.`
			]
		: [];
}

function saidOf({ unit, every, better }: About, { value, low, high, chance, smallest, orders, all }: Wedge) {
	const per = `${unit} ${perLabels[every]}`;
	const many = all
		? `Of all ${orders.toLocaleString('en')} orders that could have been drawn,`
		: `Of ${orders.toLocaleString('en')} orders that could have been drawn,`;
	const luck = `${many} ${(100 * chance).toFixed(1)} of 100 would show as much if it had changed nothing.`;
	if (low <= 0 && high >= 0)
		return {
			verdict: 'open' as const,
			sentence: `Whether it changed anything cannot be told: anything between ${signed(low)} and ${signed(high)} ${per} fits. ${luck} ${blindBelow(smallest)}`
		};
	const rose = value > 0;
	const [near, far] = [Math.abs(low), Math.abs(high)].sort((one, next) => one - next) as [number, number];
	return {
		verdict: rose === (better === 'more') ? ('better' as const) : ('worse' as const),
		sentence: `Where it had come there were ${valueText(Math.abs(value))} ${per} ${rose ? 'more' : 'fewer'} than where it had not, between ${valueText(near)} and ${valueText(far)}. ${luck} ${blindBelow(smallest)}`
	};
}

function assumed({ drawnOn, startsOn }: About, places: readonly Known[], { all }: Wedge): string[] {
	const named = (which: (place: Known) => unknown) =>
		places
			.filter(which)
			.map(({ title }) => `“${title}”`)
			.join(', ');
	const [off, anew, marked] = [named((one) => one.departed), named((one) => one.redefined), named((one) => one.marks)];
	return [
		`The order was drawn by lot on ${drawnOn}, ${drawnOn < startsOn ? 'before anybody had it' : 'after the first day'}: nothing but chance decided who was early.`,
		'It works from the first day on, equally much at each place and at any time since. If it works more and more, the number says too little, and can even point the other way.',
		'What was done at one place did not reach those whose turn had not come.',
		off
			? `It is reckoned as drawn, not as done, so that nobody’s choice is in it. What was done differs at ${off}: the number is so much nearer to nothing.`
			: 'It came where and when it was drawn: nothing else is recorded.',
		`How values hang together is not assumed: the effect is compared with what ${all ? 'every' : 'any'} other order would have shown in the same values.`,
		...(anew ? [`The definition of ${anew} was written anew since the draw.`] : []),
		...(marked ? [`Something else is marked within the time at ${marked}.`] : [])
	];
}
