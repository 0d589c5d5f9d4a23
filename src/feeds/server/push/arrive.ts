import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#src/platform/server/db.ts';
import { forbidden, notFound } from '#src/platform/server/errors.ts';
import { isSigned } from '#src/platform/server/secrets.ts';
import { unseal } from '#src/platform/server/vault.ts';
import { WorkLost } from '#src/platform/server/process-pool.ts';
import { writePushed } from '../check.ts';
import { readBody } from '../reading/look.ts';
import { NotAFeed } from '../reading/not-a-feed.ts';
import { feed, feedPush } from '../schema.ts';

/** A lease that a hub grants, in seconds: others are taken for the nearest of these. */
const SHORTEST = 300;
const LONGEST = 90 * 86_400;

/**
 * A hub asks whether we meant it.
 * @returns what it wants to hear
 * @throws Failure not_found where we did not
 */
export async function verifyIntent(db: Db, id: string, query: URLSearchParams): Promise<string> {
	const [mode, topic] = [query.get('hub.mode'), query.get('hub.topic') ?? ''];
	const [push] = await db
		.select()
		.from(feedPush)
		.where(and(eq(feedPush.id, id), eq(feedPush.topic, topic)));
	const challenge = query.get('hub.challenge') ?? '';
	if (!push || challenge.length > 1000) throw notFound();
	if (mode === 'denied' && push.state !== 'ending') {
		await db.update(feedPush).set({ state: 'refused', leaseUntil: null }).where(eq(feedPush.id, id));
		return '';
	}
	if (mode === 'unsubscribe' && push.state === 'ending' && challenge) {
		await db.delete(feedPush).where(eq(feedPush.id, id));
		return challenge;
	}
	if (mode !== 'subscribe' || push.state === 'ending' || !challenge) throw notFound();
	const seconds = Math.min(LONGEST, Math.max(SHORTEST, Number(query.get('hub.lease_seconds')) || 86_400));
	await db
		.update(feedPush)
		.set({
			...{ state: 'on', failures: 0, leaseSeconds: seconds },
			leaseUntil: sql`now() + make_interval(secs => ${seconds})`
		})
		.where(eq(feedPush.id, id));
	return challenge;
}

/** What a hub sends. */
export interface Pushed {
	body: Uint8Array;
	contentType: string;
	/** `sha256=…`, with the secret that it was told. */
	signature: string;
}

/**
 * Takes what a hub pushes. What is no feed is a knock: the feed is looked at soon.
 * @throws Failure not_found for what nobody wants any more, forbidden for what is not signed
 */
export async function takePush(db: Db, id: string, { body, contentType, signature }: Pushed): Promise<void> {
	const [push] = await db.select().from(feedPush).where(eq(feedPush.id, id));
	if (!push?.feedId || push.state === 'ending') throw notFound('Nobody reads this here any more.');
	if (!isSigned(body, signature, unseal(push.secret, id)))
		throw forbidden('This is not signed with the secret of the subscription.');
	const read = await understand({ body, contentType, url: push.topic });
	await db.transaction(async (tx) => {
		const [before] = await tx.select().from(feed).where(eq(feed.id, push.feedId!)).for('update');
		if (!before) return;
		await tx
			.update(feedPush)
			.set({ pushedAt: sql`now()` })
			.where(eq(feedPush.id, id));
		if (read) await writePushed(tx, before, read);
		else
			await tx
				.update(feed)
				.set({ nextCheckAt: sql`now()` })
				.where(eq(feed.id, before.id));
	});
}

async function understand(given: Parameters<typeof readBody>[0]) {
	try {
		return await readBody(given);
	} catch (error) {
		if (error instanceof NotAFeed || error instanceof WorkLost) return undefined;
		throw error;
	}
}
