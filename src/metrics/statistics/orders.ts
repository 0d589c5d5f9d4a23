/** The orders in which places of a roll-out could have been drawn: for each place the step at which it crosses. */

/** So many are gone through one by one; of more, so many are drawn. */
const MOST = 6000;
const DRAWN = 4999;

/** How many places cross at each step: as evenly as it goes, the first steps take the rest. */
export function groupSizes(places: number, steps: number): number[] {
	return Array.from({ length: steps }, (_, at) => Math.floor(places / steps) + (at < places % steps ? 1 : 0));
}

/** How many places cross at each step of an order. */
export const sizesOf = (steps: readonly number[]): number[] =>
	Array.from({ length: Math.max(...steps) }, (_, at) => steps.filter((step) => step === at + 1).length);

/** How many orders there are: places among the steps. */
export function countOrders(sizes: readonly number[]): number {
	let count = 1;
	let placed = 0;
	for (const size of sizes) for (let at = 1; at <= size; at += 1) count = (count * (placed += 1)) / at;
	return Math.round(count);
}

/**
 * The orders that are compared: all where they are few, or the drawn one and others by lot, the
 * same each time. It is one list that changes: what is needed of it is read at once.
 * @param steps at which each place crosses, from 1 on
 */
export function* ordersLike(steps: readonly number[]): Generator<readonly number[]> {
	const sizes = sizesOf(steps);
	if (countOrders(sizes) <= MOST) yield* allOrders(sizes, Array<number>(steps.length).fill(0), 0);
	else {
		yield steps;
		yield* someOrders(steps);
	}
}

function* allOrders(left: number[], order: number[], at: number): Generator<readonly number[]> {
	if (at === order.length) yield order;
	else
		for (let step = 0; step < left.length; step += 1) {
			if (left[step] === 0) continue;
			left[step]! -= 1;
			order[at] = step + 1;
			yield* allOrders(left, order, at + 1);
			left[step]! += 1;
		}
}

function* someOrders(steps: readonly number[]): Generator<readonly number[]> {
	const draw = numbers(20070216);
	const order = [...steps];
	for (let drawn = 0; drawn < DRAWN; drawn += 1) {
		for (let at = order.length - 1; at > 0; at -= 1) {
			const other = Math.floor(draw() * (at + 1));
			[order[at], order[other]] = [order[other]!, order[at]!];
		}
		yield order;
	}
}

/** Numbers from 0 to 1 that look drawn by lot (mulberry32). */
function numbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
