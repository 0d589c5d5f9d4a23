import { parse } from '#src/platform/server/parse.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { newMark, newMetric } from '#src/metrics/input.ts';
import { firstDay, periodOf } from '#src/metrics/period.ts';
import { addMark } from '#src/metrics/server/marks.ts';
import { takeIn } from '#src/metrics/server/take.ts';
import { makeMetric } from '#src/metrics/server/write.ts';
import type { DemoThing } from '../../shape.ts';

/** Numbers that look drawn by lot, and are the same in every example organisation. */
function lots(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

interface Told {
	unit: string;
	title: string;
	bodyMd: string;
	better: 'more' | 'less';
	every: 'week' | 'month';
	people: number;
	counts?: 'activity';
	tags: string[];
	/** How many periods there are, and what each comes to. */
	periods: number;
	value: (at: number, draw: () => number) => number | undefined;
	/** What was done, so many periods ago. */
	marks?: [ago: number, label: string][];
}

async function tell(tx: Db, viewer: Viewer, spaceId: string, told: Told): Promise<string> {
	const { periods, value, marks = [], ...about } = told;
	const id = await makeMetric(tx, viewer, parse(newMetric, { spaceId, ...about }));
	const now = periodOf(new Date().toISOString().slice(0, 10), told.every);
	const dayOf = (ago: number) => firstDay(now - ago, told.every);
	const draw = lots(told.title.length * 7919);
	const lines = Array.from({ length: periods }, (_, at) => ({
		line: at + 1,
		day: dayOf(periods - at),
		value: value(at, draw) ?? ''
	})).filter((line) => line.value !== '');
	await takeIn(tx, viewer, id, lines, { way: 'file', source: 'counts.csv', decimal: 'point', replace: false });
	for (const [ago, label] of marks) await addMark(tx, viewer, id, parse(newMark, { day: dayOf(ago), label }));
	return id;
}

const noise = (draw: () => number, width: number) => (draw() + draw() + draw() - 1.5) * width;

/** One that got better after something was done, one like it where nothing was done, and one that only counts clicks. */
export const figures: DemoThing[] = [
	{
		...{ space: 'warehouse-rotterdam', by: 'yusuf', at: '20 14:40' },
		make: (tx, viewer, spaceId) =>
			tell(tx, viewer, spaceId, {
				...{ title: 'Pallets that came back damaged', unit: 'pallets', better: 'less', every: 'week', people: 38 },
				bodyMd:
					'Sent back by a shop with damage from loading, by the date on the note. Damage on the road is not in it.',
				...{ tags: ['pallets'], periods: 64 },
				value: (at, draw) => (at === 17 ? undefined : Math.round(31 + noise(draw, 8) - (at >= 42 ? 9 : 0))),
				marks: [[22, 'The job aid for tall loads, and a second strap at each gate']]
			})
	},
	{
		...{ space: 'everybody', by: 'nora', at: '20 10:00' },
		make: (tx, viewer, spaceId) =>
			tell(tx, viewer, spaceId, {
				...{
					title: 'Damaged pallets at the depot in Ghent',
					unit: 'pallets',
					better: 'less',
					every: 'week',
					people: 30
				},
				bodyMd: 'The same count as in Rotterdam, at a depot that changed nothing.',
				...{ tags: ['pallets'], periods: 64 },
				value: (_, draw) => Math.round(27 + noise(draw, 7))
			})
	},
	{
		...{ space: 'everybody', by: 'nora', at: '19 11:30' },
		make: (tx, viewer, spaceId) =>
			tell(tx, viewer, spaceId, {
				...{ title: 'Pages of the handbook opened', unit: 'views', better: 'more', every: 'month', people: 400 },
				bodyMd: 'How often any page of the handbook was opened. It says that people look, not that it helps.',
				...{ counts: 'activity', tags: ['handbook'], periods: 16 },
				value: (at, draw) => Math.round(2400 + at * 45 + noise(draw, 500))
			})
	}
];
