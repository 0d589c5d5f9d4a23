import { expect, test } from 'vitest';
import { xmr } from './xmr.ts';

const series = (values: number[], from = 0) => values.map((value, at) => ({ period: from + at, value }));

test('limits are those of the worked example of the NIST/SEMATECH handbook, 6.3.2.2', () => {
	// Ten flow rates; printed there: 50.81, mean moving range 1.8778, limits 45.8159 and 55.8041.
	const { limits, signals } = xmr(series([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]))!;
	expect(limits.middle).toBeCloseTo(50.81, 4);
	expect(limits.range).toBeCloseTo(1.8778, 4);
	expect(limits.low).toBeCloseTo(45.8159, 3);
	expect(limits.high).toBeCloseTo(55.8041, 3);
	expect(signals.size).toBe(0);
});

test('a value outside, a run of eight and three of four near a limit are signals, seven in a row are none', () => {
	const calm = [10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 11];
	expect(xmr(series([...calm, 30]), calm.length)!.signals).toEqual(new Map([[12, 'outside']]));
	const eight = [...calm, ...Array<number>(8).fill(11.5)];
	expect(
		[...xmr(series(eight), calm.length)!.signals.values()].filter((rule) => rule === 'run').length
	).toBeGreaterThan(7);
	const seven = [...calm.slice(0, -1), ...Array<number>(7).fill(10.6), 9];
	expect([...xmr(series(seven), calm.length - 1)!.signals.values()]).not.toContain('run');
	const { limits } = xmr(series(calm))!;
	const near = limits.middle + (limits.high - limits.middle) * 0.8;
	expect(xmr(series([...calm, near, near, 9, near]), calm.length)!.signals.get(15)).toBe('near limit');
});

test('a gap parts moving ranges and runs', () => {
	const values = [...series([5, 6, 5, 6]), ...series([90, 91, 90, 91], 10)];
	expect(xmr(values)!.limits.range).toBe(1);
	const calm = series([10, 12, 9, 11, 10, 12, 9, 11]);
	const parted = [...calm, ...series([11.4, 11.4, 11.4, 11.4], 8), ...series([11.4, 11.4, 11.4, 11.4], 20)];
	expect([...xmr(parted, 8)!.signals.values()]).not.toContain('run');
});

test('one value, or none that are neighbours, make no chart', () => {
	expect(xmr(series([3]))).toBeUndefined();
	expect(xmr([...series([3]), ...series([4], 5)])).toBeUndefined();
});
