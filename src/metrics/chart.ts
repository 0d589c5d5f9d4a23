import type { Every, Mark, Point } from './metric.ts';
import { cycleOf, gapsIn, periodOf } from './period.ts';
import { FIRM, xmr, type Limits, type Rule } from './statistics/xmr.ts';
import type { TablePoint } from './views.ts';

/** What the control chart of a series says. */
export interface SeriesChart {
	limits: Limits | null;
	/** By the place of the value. */
	rules: ReadonlyMap<number, Rule>;
	/** Signals of the last cycle, or thirty periods where that is longer, the newest first. */
	signals: { day: string; value: number; rule: Rule }[];
	gaps: { from: string; to: string; count: number }[];
	/** A value as the table tells it; null where there is none. */
	told(at: number): TablePoint | null;
}

/**
 * The limits come from the values before the first mark, where those are enough to be firm:
 * what was done afterwards must not hide itself in them.
 */
export function chartOf(points: readonly Point[], every: Every, marks: readonly Mark[]): SeriesChart {
	const values = points.map(({ day, value }) => ({ period: periodOf(day, every), value }));
	const first = marks[0] && periodOf(marks[0].day, every);
	const before = first === undefined ? 0 : values.findLastIndex(({ period }) => period < first) + 1;
	const chart = xmr(values, before >= FIRM ? before : values.length);
	const rules = chart?.signals ?? new Map<number, Rule>();
	const since = (values.at(-1)?.period ?? 0) - Math.max(30, cycleOf[every]);
	const signals = points.flatMap(({ day, value }, at) => {
		const rule = rules.get(at);
		return rule && values[at]!.period > since ? [{ day, value, rule }] : [];
	});
	const told = (at: number): TablePoint | null =>
		points[at]
			? {
					...points[at],
					signal: rules.get(at) ?? null,
					missing: at > 0 ? values[at]!.period - values[at - 1]!.period - 1 : 0
				}
			: null;
	const gaps = gapsIn(
		points.map(({ day }) => day),
		every
	)
		.slice(-20)
		.reverse();
	return { limits: chart?.limits ?? null, rules, signals: signals.reverse(), gaps, told };
}
