import type { Point } from '#src/metrics/metric.ts';
import { firstDay, periodOf } from '#src/metrics/period.ts';
import { cellsOf } from '#src/metrics/rollout/cells.ts';
import { effectOfRollout } from '#src/metrics/rollout/outcome.ts';
import { partsOf, stepsInOrder } from '#src/metrics/rollout/rollout.ts';
import type { Measure } from './lib/run.ts';
import { errors, lots, normal } from './lib/series.ts';

const [LOW, HIGH] = [93, 97];
const RUNS = 2000;
/** What was really done. */
const EFFECT = 2;
/** Places and steps, and how much neighbouring values hang together. */
const worlds = [
	...[0, 0.5, 0.8].map((rho) => ({ places: 4, steps: 4, rho })),
	...[0, 0.5, 0.8].map((rho) => ({ places: 6, steps: 6, rho })),
	...[0, 0.5, 0.8].map((rho) => ({ places: 12, steps: 4, rho })),
	...[0, 0.5, 0.8].map((rho) => ({ places: 20, steps: 5, rho }))
];

const START = periodOf('2020-01-06', 'week');
/** Of a hundred values so many are missing. */
const MISSING = 5;

interface Told {
	held: number;
	/** Of a hundred where nothing was done, so many said that something was. */
	alarms: number;
	refused: number;
	/** Of a hundred effects as large as the smallest that can be seen, so many were. */
	seen: number;
}

function tell({ places, steps, rho }: (typeof worlds)[number], runs: number): Told {
	const draw = lots(places * 1000 + rho * 100);
	const schedule = { every: 'week', startsOn: firstDay(START, 'week'), steps, stepPeriods: 4, basePeriods: 4 } as const;
	const parts = partsOf(schedule);
	const about = { ...schedule, unit: 'x', better: 'more', drawnOn: '2019-12-01', today: '2030-01-01' } as const;
	const weeks = (steps + 1) * 4;
	const counted = { held: 0, alarms: 0, refused: 0, seen: 0 };
	for (let run = 0; run < runs; run += 1) {
		const order = shuffled(stepsInOrder(places, steps), draw);
		// A level of its own for each place, and a way of its own that each week goes with all of them.
		const common = errors(weeks, 0.9, draw);
		const series = order.map(() => {
			const level = 5 * normal(draw);
			return errors(weeks, rho, draw).map((error, at) => 20 + level + common[at]! + error);
		});
		const known = series.map(() => common.map(() => draw() * 100 >= MISSING));
		const effectOf = (done: number) =>
			effectOfRollout(
				about,
				parts,
				order.map((step, place) => {
					const turn = 4 + (step - 1) * 4;
					const points = series[place]!.flatMap((value, at): Point[] =>
						known[place]![at] ? [{ day: firstDay(START - 4 + at, 'week'), value: value + (at >= turn ? done : 0) }] : []
					);
					const cells = cellsOf(points, parts, 'week', step);
					return { title: `${place}`, step, cells, redefined: false, marks: 0 };
				})
			);
		const nothing = effectOf(0);
		const something = effectOf(EFFECT);
		if (nothing.kind === 'refused' || something.kind === 'refused') {
			counted.refused += 1;
			continue;
		}
		counted.held += something.low <= EFFECT && EFFECT <= something.high ? 1 : 0;
		counted.alarms += nothing.verdict === 'open' ? 0 : 1;
		const small = effectOf(nothing.smallest);
		counted.seen += small.kind === 'reckoned' && small.verdict === 'better' ? 1 : 0;
	}
	const share = (part: number, of: number) => (100 * part) / of;
	const told = runs - counted.refused;
	return {
		held: share(counted.held, told),
		alarms: share(counted.alarms, told),
		seen: share(counted.seen, told),
		refused: share(counted.refused, runs)
	};
}

function shuffled(steps: readonly number[], draw: () => number): number[] {
	const order = [...steps];
	for (let at = order.length - 1; at > 0; at -= 1) {
		const other = Math.floor(draw() * (at + 1));
		[order[at], order[other]] = [order[other]!, order[at]!];
	}
	return order;
}

export default {
	name: 'wedge-coverage',
	target: `${LOW} to ${HIGH} % of 95 % intervals hold the true effect`,
	run({ full }) {
		const runs = full ? RUNS : 300;
		const found = worlds.map((world) => ({ ...world, ...tell(world, runs) }));
		for (const { places, steps, rho, held, alarms, seen, refused } of found)
			console.log(
				`${places} places in ${steps} steps, rho ${rho}: ${held.toFixed(1)} % held; false alarms ${alarms.toFixed(1)} %, refused ${refused.toFixed(1)} %; of effects that could be seen ${seen.toFixed(1)} % were`
			);
		const covers = found.map(({ held }) => held);
		const [least, most] = [Math.min(...covers), Math.max(...covers)];
		// Of few runs a share is less sure: what chance alone does is let through.
		const room = full ? 0 : 2.5;
		const ok = least >= LOW - room && most <= HIGH + room;
		return Promise.resolve({ figure: `${least.toFixed(1)} to ${most.toFixed(1)} % of ${runs} runs each`, ok });
	}
} satisfies Measure;
