import { exportsOwn } from '#src/core/export/server/own.ts';
import { registerFeeds } from '#src/core/feed-out/server/sources.ts';
import { registerDeeds } from '#src/core/notify/server/links.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { CHAT, chatTip } from './chat.ts';
import { tipDeeds } from './deeds.ts';
import { deliverDue } from './deliver.ts';
import { tipsFeed } from './feed.ts';
import { ownTips } from './own.ts';

/** Tips come when they are due, by mail, feed and chat. */
export function wireDrips(db: Db): void {
	registerDeeds(...tipDeeds);
	registerFeeds(tipsFeed);
	exportsOwn(...ownTips);
	// The next minute tries again by itself.
	defineJob('tips.deliver', () => deliverDue(db), { cron: '* * * * *', retryLimit: 0 });
	defineJob<Parameters<typeof chatTip>[1]>(CHAT, (data) => chatTip(db, data), { atOnce: 5 });
}
