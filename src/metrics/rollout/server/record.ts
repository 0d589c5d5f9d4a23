import { allow, canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { Better, Every } from '../../metric.ts';
import type { Drawn, Schedule } from '../rollout.ts';

/** A roll-out as it stands in the database; its seed stays there until it is drawn. */
export interface RolloutRecord {
	id: string;
	space_id: string;
	author_id: string;
	title: string;
	unit: string;
	better: Better;
	every: Every;
	/** `2030-03-12`. */
	starts_on: string;
	steps: number;
	step_periods: number;
	base_periods: number;
	seed_hash: string;
	drawn: Drawn | null;
	drawn_at: string | null;
	drawn_by: string | null;
	drawn_name: string | null;
}

export const CURATORS = 'Who planned this roll-out and the stewards of the space look after it.';

export const canCurate = (viewer: Viewer, { space_id, author_id }: RolloutRecord): boolean =>
	canEdit(viewer, { spaceId: space_id, authorId: author_id });

/** @throws Failure not_found, also for what the viewer may not read */
export async function rolloutOf(db: Db, viewer: Viewer, id: string): Promise<RolloutRecord> {
	const found = isId(id)
		? await row<RolloutRecord>(
				db,
				sql`select r.item_id as id, i.space_id, i.author_id, i.title, r.unit, r.better, r.every, r.starts_on::text, r.steps,
						r.step_periods, r.base_periods, r.seed_hash, r.drawn, r.drawn_at, r.drawn_by, p.name as drawn_name
					from rollout r join item i on i.id = r.item_id left join person p on p.id = r.drawn_by
					where r.item_id = ${id} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!found) throw notFound('There is no such roll-out, or it is not open to you.');
	return found;
}

/** A locked roll-out that the viewer looks after. @throws Failure forbidden */
export async function rolloutToCurate(tx: Db, viewer: Viewer, id: string): Promise<RolloutRecord> {
	if (isId(id)) await tx.execute(sql`select from rollout where item_id = ${id} for update`);
	const rollout = await rolloutOf(tx, viewer, id);
	allow(canCurate(viewer, rollout), CURATORS);
	return rollout;
}

export const scheduleOf = ({ every, starts_on, steps, step_periods, base_periods }: RolloutRecord): Schedule => ({
	...{ every, startsOn: starts_on, steps, stepPeriods: step_periods, basePeriods: base_periods }
});

/** The figures of its places, in the order of their ids, and later of the draw. */
export async function placesOf(db: Db, { id, drawn }: Pick<RolloutRecord, 'id' | 'drawn'>): Promise<string[]> {
	if (drawn) return drawn.places.map((place) => place.id);
	const found = await rows<{ id: string }>(
		db,
		sql`select metric_id as id from rollout_place where rollout_id = ${id} order by metric_id`
	);
	return found.map((place) => place.id);
}
