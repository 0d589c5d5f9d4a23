import { countOrders, groupSizes, ordersLike, sizesOf } from './orders.ts';

/** What a staggered roll-out changed. */
export interface Wedge {
	/** How much more there was with it than without. */
	value: number;
	/** The 95 % interval: the effects under which the drawn order is not among the 5 % that stand out most. */
	low: number;
	high: number;
	/** Share of the orders that would have shown as much if it had changed nothing. */
	chance: number;
	/** About the smallest true effect that four of five such roll-outs would show. */
	smallest: number;
	/** Orders that were compared, and whether these are all that could have been drawn. */
	orders: number;
	all: boolean;
}

const LEVEL = 0.05;
/** A power of 80 % instead of 50 % beyond the end of an interval, in normal deviations. */
const SEEN = 1 + 0.8416 / 1.96;
const TIE = 1e-9;

/**
 * The model of Hussey and Hughes (2007) with a level of its own for each place and each period,
 * and an interval by the draw alone: the effect is compared with what every other order that
 * could have been drawn would have shown. That holds exactly for few places and for values that
 * hang together in whatever way, because nothing is assumed of them.
 * @param means a line for each place: its mean in each period, the first before any step
 * @param steps at which period each place crosses, from 1 on
 * @returns undefined where nothing varies, or the orders are too few for an interval
 */
export function wedge(means: readonly (readonly number[])[], steps: readonly number[]): Wedge | undefined {
	const width = means[0]!.length;
	const done = steps.map((step) => Array.from({ length: width }, (_, at) => (at >= step ? 1 : 0)));
	const [shown, own] = [fromEachStep(centred(means)), fromEachStep(centred(done))];
	const size = sumFor(own, steps);
	const value = sumFor(shown, steps) / size;
	const largest = (table: readonly (readonly number[])[]) => Math.max(...table.flat().map(Math.abs));
	if (largest(shown) <= largest(means) * 1e-12) return undefined;
	const [lows, highs] = [[] as number[], [] as number[]];
	let asFar = 0;
	for (const order of ordersLike(steps)) {
		const [other, alike] = [sumFor(shown, order) / size, sumFor(own, order) / size];
		const [low, high] = within(value, other, alike);
		lows.push(low);
		highs.push(high);
		if (Math.abs(other) >= Math.abs(value) * (1 - TIE)) asFar += 1;
	}
	const orders = lows.length;
	const end = Math.floor(LEVEL * orders + TIE);
	const low = Float64Array.from(lows).sort()[end]!;
	const high = Float64Array.from(highs).sort()[orders - 1 - end]!;
	if (!Number.isFinite(low) || !Number.isFinite(high)) return undefined;
	return {
		...{ value, low, high, chance: asFar / orders, smallest: (SEEN * (high - low)) / 2, orders },
		all: countOrders(sizesOf(steps)) === orders
	};
}

/** Whether so many places in so many steps can give an interval at all. */
export function canTell(places: number, steps: number): boolean {
	const sizes = groupSizes(places, steps);
	const order = sizes.flatMap((size, at) => Array<number>(size).fill(at + 1));
	// Any values that differ will do: which orders mirror each other depends on the steps alone.
	const means = order.map((_, place) => Array.from({ length: steps + 1 }, (_, at) => Math.sin(place * 7 + at * at)));
	return steps >= 2 && steps <= places && wedge(means, order) !== undefined;
}

/** Without the level of each place and of each period. */
function centred(table: readonly (readonly number[])[]): number[][] {
	const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
	const lines = table.map(mean);
	const columns = table[0]!.map((_, at) => mean(table.map((line) => line[at]!)));
	const all = mean(lines);
	return table.map((line, place) => line.map((each, at) => each - lines[place]! - columns[at]! + all));
}

/** For each place, what its periods from each step on add up to. */
const fromEachStep = (table: readonly (readonly number[])[]): number[][] =>
	table.map((line) => {
		const sums = [...line];
		for (let at = sums.length - 2; at >= 0; at -= 1) sums[at]! += sums[at + 1]!;
		return sums;
	});

function sumFor(sums: readonly (readonly number[])[], order: readonly number[]): number {
	let sum = 0;
	for (let place = 0; place < order.length; place += 1) sum += sums[place]![order[place]!]!;
	return sum;
}

/**
 * The effects under which another order shows as much as the drawn one, once they are taken off.
 * @param other what the other order shows
 * @param alike how much of an effect of the drawn order it shows, from -1 to 1
 */
function within(value: number, other: number, alike: number): [number, number] {
	if (1 - Math.abs(alike) < TIE) return [-Infinity, Infinity];
	const [one, two] = [(value - other) / (1 - alike), (value + other) / (1 + alike)];
	return one < two ? [one, two] : [two, one];
}
