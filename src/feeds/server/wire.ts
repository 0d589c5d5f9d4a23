import { sql, type Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { exportsOwn } from '#src/core/export/server/own.ts';
import { registerFeeds } from '#src/core/feed-out/server/sources.ts';
import { taggedEntries } from './out.ts';
import { ownFeeds } from './own.ts';
import { askHubs } from './push/ask.ts';
import { checkDue } from './round.ts';
import { findForPerson } from './rules/find.ts';
import { forgetTold } from './same/find.ts';

/** A round begins each minute and takes up new feeds for most of it. */
const ROUND_MS = 50_000;
/** What a feed said is kept so long, and longer where its feed still holds it. */
const KEPT_DAYS = 200;

/** Feeds are looked at as often as each deserves; what nobody reads any more goes. */
export function wireFeeds(db: Db): void {
	registerFeeds(taggedEntries);
	exportsOwn(...ownFeeds);
	subscribe('space.joined', ({ spaceId, personId }) => findForPerson(db, personId, spaceId));
	defineJob('feeds.check', async () => void (await checkDue(db, Date.now() + ROUND_MS)), {
		...{ cron: '* * * * *', retryLimit: 0, batch: 1, expireInSeconds: 300 }
	});
	defineJob('feeds.push', async () => void (await askHubs(db)), { cron: '* * * * *', retryLimit: 0, batch: 1 });
	defineJob('feeds.sweep', () => sweep(db), { cron: '20 3 * * *' });
}

/** Feeds without a reader, and entries that are too old to be listed or told by no feed. */
async function sweep(db: Db): Promise<void> {
	await db.execute(sql`delete from feed f where not exists (select from feed_subscription s where s.feed_id = f.id)
		and f.created_at < now() - interval '7 days'`);
	await db.execute(sql`delete from feed_post p using feed f where f.id = p.feed_id
		and p.found_at < least(now(), f.changed_at) - make_interval(days => ${KEPT_DAYS})`);
	await db.execute(sql`delete from feed_entry e
		where not exists (select from feed_post p where p.entry_id = e.id or p.own_id = e.id or p.apart_from = e.id)`);
	await forgetTold(db);
}
