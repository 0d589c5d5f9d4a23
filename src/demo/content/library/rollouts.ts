import type { Viewer } from '#src/core/access/server/viewer.ts';
import { newMetric } from '#src/metrics/input.ts';
import { firstDay, periodOf } from '#src/metrics/period.ts';
import { newDeparture, newRollout } from '#src/metrics/rollout/input.ts';
import { recordDeparture } from '#src/metrics/rollout/server/departures.ts';
import { drawOrder } from '#src/metrics/rollout/server/draw.ts';
import { readRollout } from '#src/metrics/rollout/server/read.ts';
import { planRollout } from '#src/metrics/rollout/server/write.ts';
import { takeIn } from '#src/metrics/server/take.ts';
import { makeMetric } from '#src/metrics/server/write.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import type { DemoThing } from '../../shape.ts';

const shops = ['Leeds', 'York', 'Antwerp', 'Utrecht', 'Porto', 'Graz'];
const schedule = { steps: 6, stepPeriods: 4, basePeriods: 6 };
const week = (at: number) => firstDay(at, 'week');

/** Six shops, one after the other; drawn as people do, before the first day, and then moved to where it is over. */
async function roll(tx: Db, viewer: Viewer, spaceId: string): Promise<string> {
	const now = periodOf(new Date().toISOString().slice(0, 10), 'week');
	const begun = now - schedule.steps * schedule.stepPeriods - 1;
	const places: string[] = [];
	for (const shop of shops) places.push(await aShop(tx, viewer, spaceId, shop));
	const id = await planRollout(
		tx,
		viewer,
		parse(newRollout, {
			...{ spaceId, title: 'Returns are looked at together with the customer', places, ...schedule },
			bodyMd:
				'Instead of a form there are three questions, asked at the counter. One shop every four weeks, since somebody shows it there in person.',
			...{ startsOn: week(now + 2), tags: ['returns'] }
		})
	);
	await drawOrder(tx, viewer, id);
	const back = (now + 2 - begun) * 7;
	await tx.execute(sql`update rollout set starts_on = starts_on - ${back}::int, drawn_at = drawn_at - make_interval(days => ${back + 9})
		where item_id = ${id}`);
	await tx.execute(sql`update metric_mark set day = day - ${back}::int where about_id = ${id}`);
	const rollout = await readRollout(tx, viewer, id);
	for (const place of rollout.places) {
		const at = places.indexOf(place.id);
		const turn = periodOf(place.day!, 'week');
		const first = begun - schedule.basePeriods;
		const lines = Array.from({ length: now - first }, (_, line) => ({
			...{ line: line + 1, day: week(first + line) },
			value: returnsOf(at, first + line, first + line >= turn)
		}));
		await takeIn(tx, viewer, place.id, lines, { way: 'file', source: 'returns.csv', decimal: 'point', replace: false });
	}
	const early = rollout.places[3]!;
	await recordDeparture(
		tx,
		viewer,
		id,
		parse(newDeparture, {
			...{ place: early.id, beganOn: week(periodOf(early.day!, 'week') - 1) },
			why: 'They heard of it at the managers’ day and began a week early.'
		})
	);
	return id;
}

const aShop = (tx: Db, viewer: Viewer, spaceId: string, shop: string) =>
	makeMetric(
		tx,
		viewer,
		parse(newMetric, {
			...{ spaceId, title: `Second returns in ${shop}`, unit: 'returns', better: 'less', every: 'week', people: 9 },
			...{
				bodyMd: 'The same thing brought back twice within a month, by the day of the second time.',
				tags: ['returns']
			}
		})
	);

/** Looks drawn by lot, and is the same in every example organisation. */
function returnsOf(shop: number, period: number, done: boolean): number {
	const chance = (Math.imul(period * 7919 + shop * 104_729, 2_654_435_761) >>> 0) / 2 ** 32;
	return Math.round(21 + shop * 2 + 2 * Math.sin(period / 5) + (chance - 0.5) * 7 - (done ? 5 : 0));
}

/** A roll-out whose order was drawn, and which is over. */
export const rollouts: DemoThing[] = [{ ...{ space: 'everybody', by: 'nora', at: '18 10:30' }, make: roll }];
