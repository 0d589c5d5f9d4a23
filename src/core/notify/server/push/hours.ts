import type { WorkingHours } from '#src/core/people/hours.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';

/** When somebody works; the row is locked, so that their devices are counted one after the other. */
export async function loadHours(tx: Db, personId: string): Promise<WorkingHours> {
	const found = await row<WorkingHours>(
		tx,
		sql`select time_zone as "timeZone", work_start as "workStart", work_end as "workEnd", work_days as "workDays"
			from person where id = ${personId} for no key update`
	);
	return found!;
}
