import { feed, feedEntry, feedPost, feedRule, feedSubscription } from '#src/feeds/server/schema.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';

/** A feed that a space reads, with one entry and a rule: the ids of subscription, entry and rule. */
export async function aSpaceFeed(db: Db, spaceId: string): Promise<{ feeds: string; entries: string; rules: string }> {
	const [feedId, entryId, id, ruleId] = [newId(), newId(), newId(), newId()];
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
	const words = ['pallet*'];
	await db.insert(feedRule).values({ id: ruleId, spaceId, words, place: 'anywhere', deed: 'top', key: ruleId });
	await db.execute(sql`insert into feed_hit (own_id, rule_id) values (${entryId}, ${ruleId})`);
	return { feeds: id, entries: entryId, rules: ruleId };
}
