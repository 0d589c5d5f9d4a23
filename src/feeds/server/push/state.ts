import { row, sql, type Db } from '#src/platform/server/db.ts';

/** Whether the hub of a feed (`f`) has taken our wish, and its lease runs. */
export const pushedNow = sql`exists (select from feed_push q where q.feed_id = f.id and q.state = 'on' and q.lease_until > now())`;

/** The same for one feed. */
export const isPushed = async (db: Db, feedId: string): Promise<boolean> =>
	(await row<{ pushed: boolean }>(db, sql`select ${pushedNow} as pushed from feed f where f.id = ${feedId}`))?.pushed ??
	false;
