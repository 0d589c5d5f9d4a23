import { and, eq } from 'drizzle-orm';
import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { parseUrl, urlKey } from '#src/core/web/url.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { politely, somebodyWaits } from '#src/platform/server/polite.ts';
import type { Fetch } from '#src/platform/server/safe-fetch.ts';
import type { Mute, NewSubscription, SubscriptionEdit } from '../input.ts';
import { writeLook } from './check.ts';
import { discoverFeeds, type Read } from './discover.ts';
import { lookAtFeed } from './reading/look.ts';
import { canSubscribe } from './policy.ts';
import { findInFeed } from './rules/find.ts';
import { feed, feedMute, feedSubscription } from './schema.ts';

/** How many feeds one person or one space reads at most. */
const MOST = 2000;

/**
 * Begins to read a feed; what it says now is there at once. The address may be that of a page that names one feed.
 * @returns the id of the subscription; of the one that is there where the feed is read already
 * @throws Failure invalid (url) where there is no feed, or several
 */
export async function subscribe(
	db: Db,
	viewer: Viewer,
	input: NewSubscription,
	fetch: Fetch = politely(db, somebodyWaits)
): Promise<string> {
	const reader = { personId: input.spaceId ? null : viewer.id, spaceId: input.spaceId ?? null };
	allow(canSubscribe(viewer, reader), 'The stewards of a space choose what its members read.');
	const known = await feedAt(db, input.url);
	const found = known ? undefined : await theOneFeed(db, input.url, fetch);
	return db.transaction(async (tx) => {
		const feedId = known ?? (await addFeed(tx, found!.url, found!.read));
		const { title, folder } = input;
		await atMost(tx, reader);
		const values = { id: newId(), feedId, ...reader, title, folder, createdBy: viewer.id };
		const made = await tx.insert(feedSubscription).values(values).onConflictDoNothing().returning();
		if (made.length > 0) await findInFeed(tx, feedId);
		const theirs = and(
			eq(feedSubscription.feedId, feedId),
			reader.spaceId ? eq(feedSubscription.spaceId, reader.spaceId) : eq(feedSubscription.personId, viewer.id)
		);
		const [there] = await tx.select().from(feedSubscription).where(theirs);
		return there!.id;
	});
}

async function feedAt(db: Db, typed: string): Promise<string | undefined> {
	const key = urlKey(parseUrl(typed)!);
	const found = await row<{ id: string }>(
		db,
		sql`select id from feed where key = ${key} and state <> 'gone'
			union all select feed_id from feed_address where key = ${key} limit 1`
	);
	return found?.id;
}

async function theOneFeed(db: Db, typed: string, fetch: Fetch): Promise<{ url: string; read: Read }> {
	const { candidates, read } = await discoverFeeds(db, typed, fetch);
	const [only, ...others] = candidates;
	if (others.length > 0)
		throw invalid({ url: `names several feeds, choose one: ${candidates.map(({ url }) => url).join(', ')}` });
	if (read) return { url: only!.url, read };
	const look = await lookAtFeed(only!.url, fetch);
	if (look.kind === 'feed') return { url: only!.url, read: look };
	const why = 'message' in look ? look.message.replace(/\.$/, '') : 'It is gone';
	throw invalid({ url: `names a feed that cannot be read. ${why}` });
}

/** The feed as it was just read, with what it says; where two do this at once there is one. */
async function addFeed(tx: Db, address: string, read: Read): Promise<string> {
	const url = new URL(read.settledUrl || address);
	const key = urlKey(url);
	const made = await tx
		.insert(feed)
		.values({ id: newId(), url: url.href, key, host: url.hostname })
		.onConflictDoNothing()
		.returning();
	const [there] = made.length > 0 ? made : await tx.select().from(feed).where(eq(feed.key, key));
	await writeLook(tx, there!, read);
	return there!.id;
}

async function atMost(tx: Db, { personId, spaceId }: { personId: string | null; spaceId: string | null }) {
	const count = await row<{ n: number }>(
		tx,
		sql`select count(*)::int as n from feed_subscription where person_id = ${personId} or space_id = ${spaceId}`
	);
	if (count!.n >= MOST) throw invalid({ url: `is one too many: ${MOST.toLocaleString('en')} feeds at most` });
}

type Subscription = typeof feedSubscription.$inferSelect;

async function lockSubscription(tx: Db, viewer: Viewer, id: string): Promise<Subscription> {
	const [found] = await tx.select().from(feedSubscription).where(eq(feedSubscription.id, id)).for('update');
	const isSeen = found && (found.personId === viewer.id || viewer.memberships.has(found.spaceId ?? ''));
	if (!isSeen) throw notFound();
	return found;
}

/** Gives a subscription another name or folder. @throws Failure not_found or forbidden */
export async function editSubscription(db: Db, viewer: Viewer, id: string, edit: SubscriptionEdit): Promise<void> {
	await db.transaction(async (tx) => {
		allow(canSubscribe(viewer, await lockSubscription(tx, viewer, id)));
		await tx.update(feedSubscription).set(edit).where(eq(feedSubscription.id, id));
	});
}

/** Gives a folder of the viewer's own another name; without one, its feeds stand in none. */
export async function renameFolder(db: Db, viewer: Viewer, folder: string, to: string): Promise<void> {
	const own = and(eq(feedSubscription.personId, viewer.id), eq(feedSubscription.folder, folder));
	await db.update(feedSubscription).set({ folder: to }).where(own);
}

/** Reads a feed no more. @throws Failure not_found or forbidden */
export async function unsubscribe(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		allow(canSubscribe(viewer, await lockSubscription(tx, viewer, id)));
		await tx.delete(feedSubscription).where(eq(feedSubscription.id, id));
	});
}

/** Puts a feed of a space away for oneself, for some days or for good. @throws Failure not_found, invalid for one’s own */
export async function muteFeed(db: Db, viewer: Viewer, id: string, { days }: Mute): Promise<void> {
	await db.transaction(async (tx) => {
		const { spaceId } = await lockSubscription(tx, viewer, id);
		if (!spaceId) throw invalid({ _: 'is your own: stop reading it instead' });
		const until = days ? sql`now() + make_interval(days => ${days})` : sql`'infinity'::timestamptz`;
		await tx
			.insert(feedMute)
			.values({ subscriptionId: id, personId: viewer.id, until })
			.onConflictDoUpdate({ target: [feedMute.subscriptionId, feedMute.personId], set: { until } });
	});
}

/** Takes a feed of a space up again. */
export async function unmuteFeed(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockSubscription(tx, viewer, id);
		await tx.execute(sql`delete from feed_mute where subscription_id = ${id} and person_id = ${viewer.id}`);
	});
}

/** The spaces whose feeds the viewer chooses, by name. */
export const spacesToReadFor = (db: Db, viewer: Viewer): Promise<{ id: string; name: string }[]> =>
	rows(
		db,
		sql`select id, name from space where id = any(${array(
			[...viewer.memberships]
				.filter(([spaceId]) => canSubscribe(viewer, { personId: null, spaceId }))
				.map(([id]) => id),
			'uuid'
		)}) order by lower(name)`
	);
