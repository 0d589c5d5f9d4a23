/** Numbers that look random and are the same each time (mulberry32). */
export function seeded(seed: number) {
	let state = seed | 0;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const upTo = (most: number) => Math.floor(next() * most);
	const pick = <T>(list: readonly T[]): T => list[upTo(list.length)]!;
	const shuffled = <T>(list: readonly T[]): T[] =>
		list
			.map((each) => ({ each, at: next() }))
			.sort((a, b) => a.at - b.at)
			.map(({ each }) => each);
	return { upTo, pick, shuffled };
}
