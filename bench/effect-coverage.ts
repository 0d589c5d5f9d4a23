import { effectAgainst, effectSince, type Effect, type Series } from '#src/metrics/effect.ts';
import { firstDay, periodOf } from '#src/metrics/period.ts';
import { xmr } from '#src/metrics/statistics/xmr.ts';
import type { Measure } from './lib/run.ts';
import { errors, lots } from './lib/series.ts';

const [LOW, HIGH] = [93, 97];
const RUNS = 2000;
/** What was really done to each series. */
const EFFECT = 2;
/** Values before and since, and how much neighbours hang together. */
const worlds = [36, 60].flatMap((before) => [0, 0.3, 0.5].map((rho) => ({ before, after: (before * 2) / 3, rho })));

const START = periodOf('2020-01-06', 'week');

function series(count: number, rho: number, draw: () => number, level: (at: number) => number): Series {
	const points = errors(count, rho, draw).map((error, at) => ({
		day: firstDay(START + at, 'week'),
		value: level(at) + error
	}));
	return { title: 'A', unit: 'x', every: 'week', better: 'more', points };
}

interface Told {
	/** Of a hundred intervals, so many held what was done. */
	past: number;
	other: number;
	/** Of a hundred where nothing was done, so many said that something was. */
	alarms: number;
	/** Of a hundred, so many were refused because the two had drifted apart, which they had not. */
	refused: number;
}

function tell({ before, after, rho }: (typeof worlds)[number], runs: number): Told {
	const draw = lots(before * 1000 + rho * 100);
	const mark = { day: firstDay(START + before, 'week') };
	const counted = { past: 0, other: 0, others: 0, alarms: 0, refused: 0 };
	const holds = (effect: Effect, true_: number) =>
		effect.kind === 'reckoned' && effect.average.low <= true_ && true_ <= effect.average.high ? 1 : 0;
	for (let run = 0; run < runs; run += 1) {
		const count = before + after;
		const done = series(count, rho, draw, (at) => 20 + 0.05 * at + (at >= before ? EFFECT : 0));
		const alike = series(count, rho, draw, (at) => 18 + 0.05 * at);
		counted.past += holds(effectSince(done, mark, [mark]), EFFECT);
		counted.alarms += 1 - holds(effectSince(alike, mark, [mark]), 0);
		const against = effectAgainst(done, alike, mark, [mark]);
		if (against.kind === 'refused') counted.refused += 1;
		else counted.others += 1;
		counted.other += holds(against, EFFECT);
	}
	const share = (part: number, of: number) => (100 * part) / of;
	return {
		past: share(counted.past, runs),
		other: share(counted.other, counted.others),
		alarms: share(counted.alarms, runs),
		refused: share(counted.refused, runs)
	};
}

/** How many of a hundred calm series of 60 values show each signal of the chart, limits from the first 24. */
function alarmsOfChart(runs: number): string {
	const draw = lots(7);
	const counted = { any: 0, values: 0 };
	for (let run = 0; run < runs; run += 1) {
		const values = errors(60, 0, draw).map((value, period) => ({ period, value }));
		const late = [...xmr(values, 24)!.signals.keys()].filter((at) => at >= 24);
		counted.any += late.length > 0 ? 1 : 0;
		counted.values += late.length;
	}
	const of = (part: number, all: number) => `${((100 * part) / all).toFixed(1)} %`;
	return `chart: ${of(counted.values, runs * 36)} of values, ${of(counted.any, runs)} of calm series of 36`;
}

export default {
	name: 'effect-coverage',
	target: `${LOW} to ${HIGH} % of 95 % intervals hold the true effect`,
	run({ full }) {
		const runs = full ? RUNS : 400;
		const found = worlds.map((world) => ({ ...world, ...tell(world, runs) }));
		for (const { before, after, rho, past, other, alarms, refused } of found)
			console.log(
				`${before} + ${after} values, rho ${rho}: own past ${past.toFixed(1)} %, another ${other.toFixed(1)} %; false alarms ${alarms.toFixed(1)} %, refused ${refused.toFixed(1)} %`
			);
		console.log(alarmsOfChart(runs));
		const covers = found.flatMap(({ past, other }) => [past, other]);
		const [least, most] = [Math.min(...covers), Math.max(...covers)];
		// Of few runs a share is less sure: what chance alone does is let through.
		const room = full ? 0 : 2;
		const ok = least >= LOW - room && most <= HIGH + room;
		return Promise.resolve({ figure: `${least.toFixed(1)} to ${most.toFixed(1)} % of ${runs} runs each`, ok });
	}
} satisfies Measure;
