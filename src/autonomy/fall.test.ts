import { expect, test } from 'vitest';
import { fallOf, limitsOf, usualOf, type WeekCount } from './fall.ts';

/** A sequence that is the same in each run (mulberry32). */
function lots(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

const week = (own: number, pushes = 100): WeekCount => ({ week: '2030-01-07', pushes, own });
const steady = [75, 72, 78, 74, 76, 73, 77, 75, 74, 76, 73, 77].map((own) => week(own));

test('nothing is said of fewer than twelve weeks, nor of weeks that are all of one kind', () => {
	expect(fallOf([...steady.slice(0, 11), week(10)])).toBeUndefined();
	expect(fallOf([...Array.from({ length: 12 }, () => week(100)), week(90)])).toBeUndefined();
	expect(fallOf([])).toBeUndefined();
});

test('a week far below the limit is a fall, one a little lower is not, and a rise never is', () => {
	expect(fallOf([...steady, week(55)])).toBe('below');
	expect(fallOf([...steady, week(70)])).toBeUndefined();
	expect(fallOf([...steady, week(98)])).toBeUndefined();
});

test('limits are those of the p′ chart, by hand', () => {
	// 900 of 1,200; moving ranges of 34 points in all are 0.71 of what the lot of each makes, so the lot counts.
	const usual = usualOf(steady)!;
	expect(usual).toEqual({ middle: 0.75, weeks: 12, spread: 1 });
	expect(limitsOf(usual, 100).low).toBeCloseTo(0.75 - 3 * Math.sqrt((0.75 * 0.25) / 100), 10);
	const wide = [60, 90, 60, 90, 60, 90, 60, 90, 60, 90, 60, 90].map((own) => week(own));
	expect(usualOf(wide)!.spread).toBeCloseTo(0.3 / Math.sqrt((0.75 * 0.25) / 100) / 1.128, 10);
	expect(fallOf([...wide, week(55)])).toBeUndefined();
});

test('eight weeks in a row clearly below the middle are a fall, though none is below the limit', () => {
	const lower = Array.from({ length: 8 }, () => week(68));
	expect(fallOf([...steady, ...lower.slice(0, 7)])).toBeUndefined();
	expect(fallOf([...steady, ...lower])).toBe('run');
	expect(fallOf([...steady, ...Array.from({ length: 8 }, () => week(74))])).toBeUndefined();
});

/** A week in which things come in bunches: one page is told to all who follow it. */
function aWeek(lot: () => number, share: number, pushes: number, bunch: number): WeekCount {
	let [all, own] = [0, 0];
	for (const enough = pushes * (0.7 + 0.6 * lot()); all < enough;) {
		const size = 1 + Math.floor(lot() * 2 * bunch);
		if (lot() < share) own += size;
		all += size;
	}
	return { week: '', pushes: all, own };
}

test.each([
	[60, 1],
	[400, 20],
	[3000, 60]
])(
	'of %i pushes a week in bunches of %i, at most 2 of 100 steady weeks raise an alarm, and a lasting fall is found',
	(pushes, bunch) => {
		const lot = lots(20_300_408);
		for (const count of [13, 20, 26]) {
			const falls = Array.from({ length: 2000 }, () =>
				fallOf(Array.from({ length: count }, () => aWeek(lot, 0.75, pushes, bunch)))
			);
			expect(falls.filter(Boolean).length / falls.length, `${count} weeks`).toBeLessThan(0.02);
		}
		let found = 0;
		for (let run = 0; run < 500; run += 1) {
			const weeks = Array.from({ length: 18 }, () => aWeek(lot, 0.75, pushes, bunch));
			let isFound = false;
			for (let more = 0; more < 8 && !isFound; more += 1) {
				weeks.push(aWeek(lot, 0.5, pushes, bunch));
				isFound = fallOf(weeks) !== undefined;
			}
			if (isFound) found += 1;
		}
		expect(found / 500).toBeGreaterThan(0.9);
	}
);
