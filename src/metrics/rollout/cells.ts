import type { Every, Point } from '../metric.ts';
import { periodOf } from '../period.ts';
import type { Cell, Part } from './rollout.ts';

/** What a place came to in each part of the time. @param step at which it comes; null before that is drawn */
export function cellsOf(points: readonly Point[], parts: readonly Part[], every: Every, step: number | null): Cell[] {
	const values = points.map(({ day, value }) => ({ period: periodOf(day, every), value }));
	return parts.map(({ periods: [first, end] }, at) => {
		const within = values.filter(({ period }) => period >= first && period < end);
		const sum = within.reduce((total, { value }) => total + value, 0);
		return {
			mean: within.length > 0 ? sum / within.length : null,
			values: within.length,
			has: step === null ? null : at >= step
		};
	});
}

/**
 * In how many periods a place had it when it should not, or had it not when it should.
 * @param step at which it was drawn to come
 * @param beganOn from when on they really had it; null where they never did
 */
export function periodsOff(parts: readonly Part[], every: Every, step: number, beganOn: string | null): number {
	const [drawn, end] = [parts[step]!.periods[0], parts.at(-1)!.periods[1]];
	const began = beganOn === null ? end : periodOf(beganOn, every);
	const inTime = Math.min(end, Math.max(parts[0]!.periods[0], began));
	return Math.abs(inTime - drawn);
}
