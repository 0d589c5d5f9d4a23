/** A process that reads long feeds, so that nothing else waits for them; see `look.ts`. */
import { serveWork } from '#src/platform/server/process-pool.ts';
import { NotAFeed } from './not-a-feed.ts';
import type { FeedRead, KnownPosts } from './post.ts';
import { readFeed } from './read-feed.ts';

export interface ToRead {
	body: Uint8Array;
	contentType: string;
	url: string;
	known?: KnownPosts;
}

export type ReadByChild = { feed: FeedRead } | { refused: string; isPage: boolean };

serveWork(({ body, contentType, url, known }: ToRead): ReadByChild => {
	try {
		return { feed: readFeed(body, contentType, url, known) };
	} catch (error) {
		if (error instanceof NotAFeed) return { refused: error.message, isPage: error.isPage };
		throw error;
	}
});
