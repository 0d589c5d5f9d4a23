import { loadViewer, requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { RateLimiter } from '#src/core/api/server/rate-limit.ts';
import type { Db } from '#src/platform/server/db.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { feedAddress } from '../address.ts';
import type { FeedFormat, FeedOf } from '../input.ts';
import { digestOf, feedAnswer, type FeedOut } from './feed.ts';
import { findFeedKey, noteFeedUse, type KnownKey } from './keys.ts';
import { readFeed } from './sources.ts';

type Asked = FeedOf & { format: FeedFormat };

/** A reader asks a few times an hour; one that asks twice a minute for long is told to wait. */
const limiter = new RateLimiter({ burst: 60, perMinute: 2 });

/**
 * Answers whoever asks for a feed: the one signed in, or the person of the key in its address.
 * @throws Failure not_found, unauthenticated
 */
export async function answerFeed(
	db: Db,
	signedIn: Viewer | undefined,
	asked: Asked,
	request: Request
): Promise<Response> {
	const { origin, searchParams } = new URL(request.url);
	const secret = searchParams.get('key');
	if (secret !== null) return answerByKey(db, secret, asked, request);
	const feed = await readFeed(db, requireViewer(signedIn), asked, { origin, format: asked.format });
	return feedAnswer(feed, asked.format, request);
}

async function answerByKey(db: Db, secret: string, asked: Asked, request: Request): Promise<Response> {
	const key = await findFeedKey(db, secret, asked);
	if (!key) return told(404, 'There is no such address. It may have been copied in part.');
	const viewer = key.ended ? undefined : await loadViewer(db, key.personId);
	if (!viewer) return told(410, 'This address was ended by whom it belonged to.');
	const { allowed, resetSeconds } = await limiter.take(key.id);
	if (!allowed) return told(429, `Too many calls: wait ${resetSeconds} s.`, { 'retry-after': String(resetSeconds) });
	const feed = await seenBy(db, viewer, key, asked, new URL(request.url).origin);
	const since = await noteFeedUse(db, key.id, digestOf(feed));
	return feedAnswer(feed, asked.format, request, since);
}

/** What the person may not read any more is an empty feed, not a broken one. */
async function seenBy(db: Db, viewer: Viewer, key: KnownKey, asked: Asked, origin: string): Promise<FeedOut> {
	try {
		return await readFeed(db, viewer, asked, { origin, format: asked.format });
	} catch (error) {
		if (!(error instanceof Failure) || error.kind !== 'not_found') throw error;
		const [id, self] = [origin + feedAddress(asked, 'atom'), origin + feedAddress(asked, asked.format)];
		return { id, title: key.title, page: origin, self, entries: [], events: [] };
	}
}

const told = (status: number, text: string, headers: Record<string, string> = {}) =>
	new Response(`${text}\n`, {
		status,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers }
	});
