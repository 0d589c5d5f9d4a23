import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { politely } from '#src/platform/server/polite.ts';
import { FetchRefused, type Fetch } from '#src/platform/server/safe-fetch.ts';
import { seal, unseal } from '#src/platform/server/vault.ts';
import { feedPush } from '../schema.ts';

type Push = typeof feedPush.$inferSelect;

/** Hubs asked in one go; the next round takes the rest. */
const AT_ONCE = 50;
/** Seconds a hub is asked to push for: ten days, as most of them allow. */
const LEASE = 10 * 86_400;
/** A hub that never asks back is given up, and asked again after a week. */
const MOST_FAILURES = 6;

let origin: string | undefined;

/** Says under which address hubs find this installation. Without one, nothing is pushed: feeds are looked at. */
export function openPush(address: string | undefined): void {
	origin = address?.replace(/\/$/, '');
}

/**
 * Asks hubs for what they have to be asked: to push a feed that is read here, to go on with it before the lease ends,
 * to stop where nobody reads it any more or it has another hub.
 * @returns how many were asked
 */
export async function askHubs(db: Db, fetch: Fetch = politely(db)): Promise<number> {
	if (!origin) return 0;
	await endUnread(db);
	await beginNew(db);
	const due = await rows<Push>(
		db,
		sql`select id, feed_id as "feedId", hub, topic, secret, state, failures, lease_seconds as "leaseSeconds" from feed_push
			where (state in ('asked', 'ending') and (asked_at is null or asked_at < now() - make_interval(mins => 30 * power(2, failures)::int)))
				or (state = 'on' and lease_until < now() + make_interval(secs => greatest(1800, lease_seconds / 5))
					and asked_at < now() - interval '10 minutes')
				or (state = 'refused' and asked_at < now() - interval '7 days')
			order by asked_at nulls first limit ${AT_ONCE}`
	);
	await Promise.all(due.map((push) => askHub(db, push, fetch)));
	return due.length;
}

/** The feed is read no more, or has gone, or moved to another hub. */
async function endUnread(db: Db): Promise<void> {
	await db.execute(sql`update feed_push q set state = 'ending', failures = 0, asked_at = null
		where state <> 'ending' and not exists (
			select from feed f where f.id = q.feed_id and f.hub_url = q.hub and f.topic_url = q.topic and f.state <> 'gone'
				and exists (select from feed_subscription s where s.feed_id = f.id))`);
	await db.execute(
		sql`delete from feed_push where state = 'ending' and (failures >= 3 or coalesce(lease_until, created_at + interval '1 day') < now())`
	);
}

async function beginNew(db: Db): Promise<void> {
	const found = await rows<{ id: string; hub: string; topic: string }>(
		db,
		sql`select f.id, f.hub_url as hub, f.topic_url as topic from feed f
			where f.hub_url <> '' and f.topic_url <> '' and f.state = 'live'
				and exists (select from feed_subscription s where s.feed_id = f.id)
				and not exists (select from feed_push q where q.feed_id = f.id and q.state <> 'ending')
			limit ${AT_ONCE}`
	);
	for (const { id: feedId, hub, topic } of found) {
		const id = newId();
		const secret = seal(randomBytes(32).toString('hex'), id);
		await db.insert(feedPush).values({ id, feedId, hub, topic, secret }).onConflictDoNothing();
	}
}

/** One request to a hub; it asks back at our address before anything changes. */
async function askHub(db: Db, push: Push, fetch: Fetch): Promise<void> {
	const isEnding = push.state === 'ending';
	await db
		.update(feedPush)
		.set({ askedAt: sql`now()`, failures: sql`failures + 1` })
		.where(eq(feedPush.id, push.id));
	const form = new URLSearchParams({
		'hub.mode': isEnding ? 'unsubscribe' : 'subscribe',
		'hub.topic': push.topic,
		'hub.callback': `${origin}/feed-push/${push.id}`,
		...(!isEnding && { 'hub.lease_seconds': `${LEASE}`, 'hub.secret': unseal(push.secret, push.id) })
	});
	const took = await post(push.hub, form, fetch);
	if (!took && !isEnding && push.failures + 1 >= MOST_FAILURES)
		await db.update(feedPush).set({ state: 'refused' }).where(eq(feedPush.id, push.id));
}

async function post(hub: string, form: URLSearchParams, fetch: Fetch): Promise<boolean> {
	try {
		const bounds = { types: ['application/', 'text/', ''], maxBytes: 64 * 1024, cut: true, form };
		const { status } = await fetch(hub, bounds);
		return status >= 200 && status < 300;
	} catch (error) {
		if (error instanceof FetchRefused) return false;
		throw error;
	}
}
