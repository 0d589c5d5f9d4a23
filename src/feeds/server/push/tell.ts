import { NOTIFY_CHANNEL } from '#src/core/notify/server/fan-out.ts';
import { sql, type Db } from '#src/platform/server/db.ts';

/** Tells the open pages of all who read a feed, alone or in a space, that it says something new. */
export async function tellReaders(tx: Db, feedId: string): Promise<void> {
	await tx.execute(sql`with reader as (
			select coalesce(person_id, space_id)::text as id, (row_number() over () - 1) / 150 as chunk
			from feed_subscription where feed_id = ${feedId}
		)
		select pg_notify(${NOTIFY_CHANNEL}, 'feeds ' || string_agg(id, ' ')) from reader group by chunk`);
}
