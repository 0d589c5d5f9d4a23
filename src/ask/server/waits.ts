import { workingMinutesBetween, type WorkingHours } from '#src/core/people/hours.ts';
import { hoursOf } from '#src/core/people/server/presence.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';

/** Questions reckoned in one statement. */
const BATCH = 1000;

/**
 * Reckons how long an asker waited in their own working hours, leave left out, wherever the first useful answer is another
 * than it was reckoned for: once, by the hours they have then.
 * @param only one question; otherwise some of all @returns how many it reckoned
 */
export async function reckonWaits(db: Db, only?: string): Promise<number> {
	const found = await rows<{ id: string; asked: string; useful: string | null } & WorkingHours>(
		db,
		sql`select q.item_id as id, i.created_at::text as asked, q.useful_at::text as useful, ${hoursOf(sql`p`)}
			from question q join item i on i.id = q.item_id join person p on p.id = i.author_id
			where q.useful_at is distinct from q.worked_for ${only ? sql`and q.item_id = ${only}` : sql``} limit ${BATCH}`
	);
	if (found.length === 0) return 0;
	const reckoned = found.map(({ id, asked, useful, ...hours }) => ({
		...{ id, useful },
		minutes: useful ? workingMinutesBetween(hours, new Date(asked), new Date(useful)) : null
	}));
	// Where another answer became useful meanwhile, it is reckoned the next time.
	await db.execute(sql`update question q set worked_minutes = r.minutes, worked_for = r.useful
		from json_to_recordset(${JSON.stringify(reckoned)}::text::json) as r(id uuid, useful timestamptz, minutes int)
		where q.item_id = r.id and q.useful_at is not distinct from r.useful`);
	return found.length;
}

/** Reckons all there is: after much was brought in at once. */
export async function reckonAllWaits(db: Db): Promise<void> {
	while ((await reckonWaits(db)) === BATCH);
}
