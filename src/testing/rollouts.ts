import type { Viewer } from '#src/core/access/server/viewer.ts';
import { newDeparture, newRollout } from '#src/metrics/rollout/input.ts';
import { recordDeparture } from '#src/metrics/rollout/server/departures.ts';
import { drawOrder } from '#src/metrics/rollout/server/draw.ts';
import { planRollout } from '#src/metrics/rollout/server/write.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aMetric } from './figures.ts';

/** When and in how many steps, unless told. */
export const times = { startsOn: '2999-03-04', steps: '5', stepPeriods: '4', basePeriods: '4' };

/** A roll-out to five places with a figure each, counted weekly; give more to differ from the default. */
export async function aRollout(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	more: Record<string, unknown> = {}
): Promise<{ id: string; places: string[] }> {
	const places: string[] = [];
	for (const name of ['North', 'South', 'East', 'West', 'Harbour'])
		places.push(await aMetric(db, viewer, spaceId, { title: `Returns ${name}`, every: 'week', better: 'less' }));
	const about = { spaceId, title: 'The new job aid', places: places.join(','), ...times };
	return { id: await planRollout(db, viewer, parse(newRollout, { ...about, ...more })), places };
}

/** One that is planned and one that is drawn, for which something was done otherwise. */
export async function aRolloutOfEach(db: Db, viewer: Viewer, spaceId: string) {
	const { id: rollouts, places } = await aRollout(db, viewer, spaceId);
	const { id: drawnRollout, places: drawnPlaces } = await aRollout(db, viewer, spaceId);
	await drawOrder(db, viewer, drawnRollout);
	await recordDeparture(db, viewer, drawnRollout, parse(newDeparture, { place: drawnPlaces[0], why: 'They moved.' }));
	return { rollouts, rolloutPlaces: places.join(','), drawnRollout, drawnPlace: drawnPlaces[0]! };
}

/** Moves a drawn roll-out and its marks into the past. @param weeks how many */
export async function passedBy(db: Db, id: string, weeks: number): Promise<void> {
	await db.execute(sql`update rollout set starts_on = starts_on - ${weeks * 7}::int where item_id = ${id}`);
	await db.execute(sql`update metric_mark set day = day - ${weeks * 7}::int where about_id = ${id}`);
}
