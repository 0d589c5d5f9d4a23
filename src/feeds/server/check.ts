import { eq } from 'drizzle-orm';
import { sql, type Db } from '#src/platform/server/db.ts';
import { politely } from '#src/platform/server/polite.ts';
import type { Fetch } from '#src/platform/server/safe-fetch.ts';
import { everyMinutes, GONE_AFTER_DAYS, waitAfter } from '../pace.ts';
import { gapOf } from './gap.ts';
import { moveTo } from './move.ts';
import { isPushed } from './push/state.ts';
import { tellReaders } from './push/tell.ts';
import { lookAtFeed, type FeedLook } from './reading/look.ts';
import type { FeedRead } from './reading/post.ts';
import { feed, type FeedRow } from './schema.ts';
import { postsAsTheyCame, storePosts, type Stored } from './store.ts';

/** Looks at a feed once and writes down what came of it. @returns what was new in it */
export async function checkFeed(db: Db, before: FeedRow, fetch: Fetch = politely(db)): Promise<Stored> {
	const look = await lookAtFeed(before.url, fetch, { ...before, posts: () => postsAsTheyCame(db, before.id) });
	return db.transaction((tx) => writeLook(tx, before, look));
}

/** Writes down what came of a look: its posts, how the feed does, when it is looked at next. @returns what was new */
export async function writeLook(tx: Db, before: FeedRow, look: FeedLook): Promise<Stored> {
	// A feed that has moved to one that is known becomes that one.
	if ('settledUrl' in look && !(await moveTo(tx, before, look.settledUrl))) return nothing;
	if (look.kind === 'feed') return found(tx, before, look);
	if (look.kind === 'rests') return putOff(tx, before, look.waitMinutes);
	await tx
		.update(feed)
		.set(look.kind === 'same' ? rested(before, await isPushed(tx, before.id)) : missed(before, look))
		.where(eq(feed.id, before.id));
	return nothing;
}

/** Its host is left alone: that says nothing of the feed. */
async function putOff(tx: Db, { id }: FeedRow, minutes: number): Promise<Stored> {
	await tx
		.update(feed)
		.set({ nextCheckAt: inMinutes(minutes) })
		.where(eq(feed.id, id));
	return nothing;
}

const nothing: Stored = { added: 0, changed: 0 };
const inMinutes = (minutes: number) => sql`now() + make_interval(mins => ${minutes})`;
const well = { state: 'live', problem: '', failures: 0, failingSince: null, checkedAt: sql`now()` } as const;

function rested(before: FeedRow, pushed: boolean) {
	const every = everyMinutes({ ...before, pushed });
	return { ...well, everyMinutes: every, nextCheckAt: inMinutes(every) };
}

async function found(tx: Db, before: FeedRow, look: Extract<FeedLook, { kind: 'feed' }>): Promise<Stored> {
	const { format, title, description, language, siteUrl, hubUrl, selfUrl, posts } = look.feed;
	const stored = await storePosts(tx, before.id, posts, before.changedAt === null);
	const told = { restMinutes: look.restMinutes, gapMinutes: gapOf(posts, new Date()) };
	const pushed = await isPushed(tx, before.id);
	const every = everyMinutes({ ...told, pushed });
	await tx
		.update(feed)
		.set({
			...well,
			...{ format, title, description, language, siteUrl, hubUrl, ...told, topicUrl: selfUrl || before.url },
			...{ etag: look.etag, lastModified: look.lastModified, digest: look.digest },
			...{ everyMinutes: every, nextCheckAt: inMinutes(every) },
			...((stored.added > 0 || before.changedAt === null) && { changedAt: sql`now()` })
		})
		.where(eq(feed.id, before.id));
	if (stored.added > 0) await tellReaders(tx, before.id);
	return stored;
}

/**
 * Writes down what a hub has pushed: new posts alone, as it may be; how often the feed posts is told by looks at the
 * whole of it.
 */
export async function writePushed(tx: Db, before: FeedRow, { posts }: FeedRead): Promise<Stored> {
	const stored = await storePosts(tx, before.id, posts, before.changedAt === null);
	await tx
		.update(feed)
		.set({ ...well, ...(stored.added > 0 && { changedAt: sql`now()` }) })
		.where(eq(feed.id, before.id));
	if (stored.added > 0) await tellReaders(tx, before.id);
	return stored;
}

/** What was read stays; one that fails for weeks, or whose server says so, is not looked at any more. */
function missed(before: FeedRow, look: Extract<FeedLook, { kind: 'gone' | 'failed' }>) {
	const since = before.failingSince ?? new Date();
	const isGone = look.kind === 'gone' || Date.now() - since.getTime() > GONE_AFTER_DAYS * 86_400_000;
	const problem = look.kind === 'gone' ? 'The server says that this feed is gone for good (410).' : look.message;
	const wait = Math.max(waitAfter(before.failures), look.kind === 'failed' ? look.waitMinutes : 0);
	return {
		state: isGone ? ('gone' as const) : ('failing' as const),
		...{ problem, failures: before.failures + 1, failingSince: since },
		...{ checkedAt: sql`now()`, nextCheckAt: inMinutes(Math.min(wait, 7 * 1440)) }
	};
}
