import { eq } from 'drizzle-orm';
import { urlKey } from '#src/core/web/url.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { findInFeed } from './rules/find.ts';
import { feed, feedAddress, type FeedRow } from './schema.ts';

/**
 * Follows a feed whose server says that it has moved for good. Where another feed stands there already, its readers go
 * on with that one, and it ends.
 * @returns whether it is still there
 */
export async function moveTo(tx: Db, before: FeedRow, settledUrl: string): Promise<boolean> {
	const url = new URL(settledUrl);
	const key = urlKey(url);
	if (settledUrl === before.url) return true;
	const other = await row<{ id: string }>(
		tx,
		sql`select id from feed where key = ${key} and id <> ${before.id}
			union all select feed_id from feed_address where key = ${key} and feed_id <> ${before.id}`
	);
	if (other) {
		await joinFeed(tx, before, other.id);
		return false;
	}
	if (key !== before.key) await rememberAddress(tx, before.key, before.id);
	await tx.update(feed).set({ url: url.href, key, host: url.hostname }).where(eq(feed.id, before.id));
	return true;
}

/** Its posts stay with whoever has read them; what is new comes from the other. */
async function joinFeed(tx: Db, { id, key }: FeedRow, into: string): Promise<void> {
	await tx.execute(sql`update feed_subscription s set feed_id = ${into} where feed_id = ${id} and not exists (
		select from feed_subscription o where o.feed_id = ${into}
			and o.person_id is not distinct from s.person_id and o.space_id is not distinct from s.space_id)`);
	await tx.execute(sql`insert into feed_post (feed_id, guid, entry_id, own_id, digest, found_at)
		select ${into}, guid, entry_id, own_id, digest, found_at from feed_post where feed_id = ${id} on conflict do nothing`);
	await tx.execute(sql`update feed_address set feed_id = ${into} where feed_id = ${id}`);
	await tx.delete(feed).where(eq(feed.id, id));
	await rememberAddress(tx, key, into);
	await findInFeed(tx, into);
}

const rememberAddress = (tx: Db, key: string, feedId: string) =>
	tx.insert(feedAddress).values({ key, feedId }).onConflictDoUpdate({ target: feedAddress.key, set: { feedId } });
