/** Numbers drawn by lot, the same in every run (mulberry32). */
export function lots(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export const normal = (draw: () => number) => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

/** Errors of which each hangs together with the one before. */
export function errors(count: number, rho: number, draw: () => number): number[] {
	let last = normal(draw) / Math.sqrt(1 - rho ** 2);
	return Array.from({ length: count }, () => (last = rho * last + normal(draw)));
}
