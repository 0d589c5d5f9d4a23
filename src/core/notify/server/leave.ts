import type {} from '#src/core/people/server/leave.ts';
import { isAway } from '#src/core/people/server/presence.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { beginningAfter, moment } from './mails.ts';
import { withSettings } from './on-its-way.ts';
import { loadHours } from './push/hours.ts';

/**
 * Somebody's leave has changed: what waits in the outbox is taken back, so that it is held from here on, and the digest
 * comes at the beginning of the first working day on which they are there. A digest that is due just now stays due.
 */
export const heedLeave = (db: Db, personId: string, now = new Date()): Promise<void> =>
	withSettings(db, personId, async (tx) => {
		const next = beginningAfter(await loadHours(tx, personId), now).toISOString();
		const later = sql`digest_at > ${moment(now)} or digest_at is not null and ${isAway(sql`${personId}::uuid`, moment(now))}`;
		await tx.execute(
			sql`update notification_settings set digest_at = ${next} where person_id = ${personId} and (${later})`
		);
		await tx.execute(sql`update push_device set digest_at = ${next} where person_id = ${personId} and (${later})`);
	});
