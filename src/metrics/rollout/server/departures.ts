import type { Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { NewDeparture } from '../input.ts';
import type { Departure } from '../rollout.ts';
import { rolloutToCurate } from './record.ts';

const MOST = 200;

/**
 * Records that a place had it earlier or later than drawn, or never. Nothing is taken back: the last line counts.
 * @returns its id
 * @throws Failure conflict before the order is drawn; invalid for a day to come, or what is none of its places
 */
export async function recordDeparture(db: Db, viewer: Viewer, id: string, input: NewDeparture): Promise<string> {
	return db.transaction(async (tx) => {
		const { drawn } = await rolloutToCurate(tx, viewer, id);
		if (!drawn) throw conflict('Nothing is drawn yet, so nothing can differ from it: change the plan.');
		if (!drawn.places.some((place) => place.id === input.place)) throw invalid({ place: 'must be one of its places' });
		const beganOn = input.beganOn ?? null;
		const ahead = await row(tx, sql`select 1 where ${beganOn}::date > current_date + 1`);
		if (ahead) throw invalid({ beganOn: 'must not be a day to come: what was done is recorded once it was done' });
		const last = await row<{ id: string; same: boolean }>(
			tx,
			sql`select id, began_on is not distinct from ${beganOn}::date and why = ${input.why} as same from rollout_departure
				where rollout_id = ${id} and metric_id = ${input.place} order by id desc limit 1`
		);
		if (last?.same) return last.id;
		const { count } = (await row<{ count: number }>(
			tx,
			sql`select count(*)::int as count from rollout_departure where rollout_id = ${id}`
		))!;
		if (count >= MOST) throw conflict(`${MOST} lines are recorded already.`);
		const line = newId();
		await tx.execute(sql`insert into rollout_departure (id, rollout_id, metric_id, began_on, why, person_id)
			values (${line}, ${id}, ${input.place}, ${beganOn}::date, ${input.why}, ${viewer.id})`);
		return line;
	});
}

/** What was recorded, the last first. */
export async function departuresOf(db: Db, id: string): Promise<Omit<Departure, 'title'>[]> {
	const found = await rows<Omit<Departure, 'title' | 'at'> & { created_at: string }>(
		db,
		sql`select d.id, d.metric_id as place, d.began_on::text as "beganOn", d.why, d.created_at,
				case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end as person,
				row_number() over (partition by d.metric_id order by d.id desc) = 1 as counts
			from rollout_departure d left join person p on p.id = d.person_id
			where d.rollout_id = ${id} order by d.id desc`
	);
	return found.map(({ created_at, ...line }) => ({ ...line, at: iso(created_at) }));
}
