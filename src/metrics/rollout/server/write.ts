import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem } from '#src/core/items/server/write.ts';
import { record } from '#src/core/signals/server/record.ts';
import { array, row, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { newSeed } from '#src/platform/server/lots.ts';
import { startOf } from '../../period.ts';
import type { NewRollout, RolloutEdit } from '../input.ts';
import type { RolloutToEdit } from '../rollout.ts';
import { placesToRollOut } from './places.ts';
import { canCurate, CURATORS, placesOf, rolloutOf, rolloutToCurate, scheduleOf, type RolloutRecord } from './record.ts';

/**
 * Plans that something comes to place after place. The seed of its draw is made now and only its hash is shown.
 * @returns its id
 * @throws Failure forbidden for people outside the space; invalid for figures that do not go together
 */
export async function planRollout(db: Db, viewer: Viewer, input: NewRollout): Promise<string> {
	const { submission, spaceId, title, bodyMd, tags } = input;
	return db.transaction((tx) =>
		once(tx, viewer, submission, async () => {
			const id = await createItem(tx, viewer, { kind: 'rollout', spaceId, title, bodyMd, tags });
			const { unit, better, every } = await placesToRollOut(tx, viewer, input.places);
			const { seed, seedHash } = newSeed();
			await tx.execute(sql`insert into rollout (item_id, unit, better, every, starts_on, steps, step_periods, base_periods, seed_hash)
				values (${id}, ${unit}, ${better}, ${every}, ${startOf(input.startsOn, every)}::date, ${input.steps},
					${input.stepPeriods}, ${input.basePeriods}, ${seedHash})`);
			await tx.execute(sql`insert into rollout_seed (rollout_id, seed) values (${id}, ${seed})`);
			await putPlaces(tx, id, input.places);
			await record(tx, viewer.id, 'shared', { itemId: id, spaceId });
			return id;
		})
	);
}

const putPlaces = (tx: Db, id: string, places: readonly string[]) =>
	tx.execute(sql`insert into rollout_place (rollout_id, metric_id)
		select ${id}, place from unnest(${array(places, 'uuid')}) as place`);

/**
 * Changes a roll-out. Its words at any time; its places and times until the order is drawn.
 * @returns the new version
 * @throws Failure conflict with `current` on a stale edit; invalid for what may not change any more
 */
export async function editRollout(db: Db, viewer: Viewer, id: string, edit: RolloutEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const rollout = await rolloutToCurate(tx, viewer, id);
		if (rollout.drawn) await expectSame(tx, rollout, edit);
		else await replan(tx, viewer, id, edit);
		const { title, bodyMd, tags, note, version: seen } = edit;
		return editItem(tx, viewer, id, { title, bodyMd, tags, note, version: seen });
	});
}

async function expectSame(tx: Db, rollout: RolloutRecord, edit: RolloutEdit): Promise<void> {
	const { every, ...before } = scheduleOf(rollout);
	const after = { ...edit, startsOn: startOf(edit.startsOn, every) };
	const stays = 'stays as it is: the order was drawn by it';
	for (const name of ['startsOn', 'steps', 'stepPeriods', 'basePeriods'] as const)
		if (before[name] !== after[name]) throw invalid({ [name]: stays });
	const places = await placesOf(tx, rollout);
	if ([...places].sort().join() !== [...edit.places].sort().join()) throw invalid({ places: stays });
}

async function replan(tx: Db, viewer: Viewer, id: string, edit: RolloutEdit): Promise<void> {
	const { unit, better, every } = await placesToRollOut(tx, viewer, edit.places);
	await tx.execute(sql`update rollout set unit = ${unit}, better = ${better}, every = ${every},
		starts_on = ${startOf(edit.startsOn, every)}::date, steps = ${edit.steps}, step_periods = ${edit.stepPeriods},
		base_periods = ${edit.basePeriods} where item_id = ${id}`);
	await tx.execute(sql`delete from rollout_place where rollout_id = ${id}`);
	await putPlaces(tx, id, edit.places);
}

/** @throws Failure not_found or forbidden */
export async function rolloutToEdit(db: Db, viewer: Viewer, id: string): Promise<RolloutToEdit> {
	const rollout = await rolloutOf(db, viewer, id);
	allow(canCurate(viewer, rollout), CURATORS);
	const words = (await row<Pick<RolloutToEdit, 'bodyMd' | 'tags' | 'version'>>(
		db,
		sql`select body_md as "bodyMd", tags, version from item where id = ${id}`
	))!;
	const { every: _, ...times } = scheduleOf(rollout);
	return {
		...{ id, spaceId: rollout.space_id, title: rollout.title, ...words, ...times },
		...{ places: await placesOf(db, rollout), fixed: rollout.drawn !== null }
	};
}
