import { exportsOwn } from '#src/core/export/server/own.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { itemFeeds } from './items.ts';
import { ofSearch } from './searches.ts';
import { registerFeeds } from './sources.ts';

/** What can be followed from outside: spaces, tags, people and searches. */
export function wireFeedsOut(): void {
	registerFeeds(...itemFeeds, ofSearch);
	exportsOwn({
		...{ name: 'feed-addresses', about: 'feeds you follow in another reader; the secrets in them are kept nowhere' },
		async *list(db, viewer) {
			yield* await rows(
				db,
				sql`select kind, target, title, created_at, last_used_at, revoked_at from feed_key
					where person_id = ${viewer.id} order by created_at`
			);
		}
	});
}
