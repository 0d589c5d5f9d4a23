import { exportsOwn } from '#src/core/export/server/own.ts';
import { registerFeeds } from '#src/core/feed-out/server/sources.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { keepQuietFor } from '#src/core/notify/server/fan-out.ts';
import { registerDeeds } from '#src/core/notify/server/links.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { keepsQuiet } from './alone.ts';
import { CHAT, chatTip } from './chat.ts';
import { correctionLetter, tellCorrection } from './corrections.ts';
import { tipDeeds } from './deeds.ts';
import { deliverDue } from './deliver.ts';
import { tipsFeed } from './feed.ts';
import { ownTips } from './own.ts';

/** Tips come when they are due, by mail, feed and chat. */
export function wireDrips(db: Db): void {
	registerDeeds(...tipDeeds);
	registerFeeds(tipsFeed);
	exportsOwn(...ownTips);
	registerKinds([
		{
			...{ name: 'tip.corrected', label: 'A tip you got was wrong', group: 'What helped' },
			...{ inPage: true, mail: 'now', atWork: true, button: 'Open it in Trellis', letter: correctionLetter },
			sentence: ({ title, note }) => `A tip of “${title}” was wrong when you got it: ${note}`
		}
	]);
	keepQuietFor(keepsQuiet);
	subscribe('tip.corrected', (event) => tellCorrection(db, event));
	// The next minute tries again by itself.
	defineJob('tips.deliver', () => deliverDue(db), { cron: '* * * * *', retryLimit: 0 });
	defineJob<Parameters<typeof chatTip>[1]>(CHAT, (data) => chatTip(db, data), { atOnce: 5 });
}
