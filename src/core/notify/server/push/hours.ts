import type { WorkingHours } from '#src/core/people/hours.ts';
import { hoursOf } from '#src/core/people/server/presence.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';

/** When somebody works; the row is locked, so that their devices are counted one after the other. */
export async function loadHours(tx: Db, personId: string): Promise<WorkingHours> {
	const found = await row<WorkingHours>(
		tx,
		sql`select ${hoursOf(sql`p`)} from person p where p.id = ${personId} for no key update`
	);
	return found!;
}
