import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { inOrderOfLots } from '#src/platform/server/lots.ts';
import { addMark } from '../../server/marks.ts';
import { dayOfStep, stepsInOrder, type Drawn } from '../rollout.ts';
import { placesToRollOut } from './places.ts';
import { placesOf, rolloutToCurate, scheduleOf } from './record.ts';

/**
 * Draws the order, once, shows the seed, and marks in each figure when its turn comes.
 * @throws Failure conflict once the first day has come; invalid where a figure is no longer the viewer's to look after
 */
export async function drawOrder(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		const rollout = await rolloutToCurate(tx, viewer, id);
		if (rollout.drawn) return;
		const schedule = scheduleOf(rollout);
		const ahead = await row(tx, sql`select 1 where ${schedule.startsOn}::date > current_date`);
		if (!ahead)
			throw conflict(
				`The first step was planned for ${schedule.startsOn}. An order that is drawn afterwards proves nothing: set a later day first.`
			);
		const places = await placesOf(tx, rollout);
		await placesToRollOut(tx, viewer, places);
		const { seed } = (await row<{ seed: string }>(tx, sql`select seed from rollout_seed where rollout_id = ${id}`))!;
		const order = inOrderOfLots(seed, places);
		const steps = stepsInOrder(order.length, schedule.steps);
		const words = await wordsOf(tx, places);
		const drawn: Drawn = {
			seed,
			places: order.map((place, at) => ({ id: place, step: steps[at]!, ...words.get(place)! }))
		};
		await tx.execute(sql`update rollout set drawn = ${JSON.stringify(drawn)}::text::jsonb, drawn_at = now(), drawn_by = ${viewer.id}
			where item_id = ${id}`);
		for (const place of drawn.places)
			await addMark(tx, viewer, place.id, {
				...{ day: dayOfStep(place.step, schedule), label: rollout.title.slice(0, 120), about: id }
			});
	});
}

/** What each figure is called and how it is defined. */
export async function wordsOf(
	db: Db,
	ids: readonly string[]
): Promise<Map<string, { title: string; definition: string }>> {
	const found = await rows<{ id: string; title: string; definition: string }>(
		db,
		sql`select id, title, body_md as definition from item where id = any(${array(ids, 'uuid')})`
	);
	return new Map(found.map(({ id, ...words }) => [id, words]));
}
