import { feed, feedEntry, feedPost, feedSubscription } from '#src/feeds/server/schema.ts';
import type { Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';

/** A feed that a space reads, with one entry: the ids of subscription and entry. */
export async function aSpaceFeed(db: Db, spaceId: string): Promise<{ feeds: string; entries: string }> {
	const [feedId, entryId, id] = [newId(), newId(), newId()];
	const key = `yard.example/${feedId}`;
	const later = new Date(Date.now() + 86_400_000);
	await db.insert(feed).values({
		id: feedId,
		url: `https://${key}`,
		key,
		host: 'yard.example',
		title: 'Yard',
		state: 'live',
		nextCheckAt: later
	});
	await db.insert(feedEntry).values({ id: entryId, title: 'What changes for pallets', html: '<p>Four layers.</p>' });
	await db.insert(feedPost).values({ feedId, guid: '1', entryId, ownId: entryId, digest: '' });
	await db.insert(feedSubscription).values({ id, feedId, spaceId });
	return { feeds: id, entries: entryId };
}
