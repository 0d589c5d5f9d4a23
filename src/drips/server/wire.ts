import { exportsOwn } from '#src/core/export/server/own.ts';
import { registerFeeds } from '#src/core/feed-out/server/sources.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { keepQuietFor } from '#src/core/notify/server/fan-out.ts';
import { registerOtherWay } from '#src/core/notify/server/other-ways.ts';
import { registerDeeds } from '#src/core/notify/server/links.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { keepsQuiet } from './alone.ts';
import { CHAT, chatTip } from './chat.ts';
import { correctionLetter, tellCorrection } from './corrections.ts';
import { tipDeeds } from './deeds.ts';
import { deliverDue } from './deliver.ts';
import { recallTips, stopTips } from './follow.ts';
import { tipsFeed } from './feed.ts';
import { heedLeave } from './follow.ts';
import { ownTips } from './own.ts';

/** Tips come by the rhythm of who follows; what one opens on a page, or takes from a feed, came to nobody. */
const tipsThatCame = sql`select r.person_id, i.space_id, i.id as item_id, r.at, r.via as way, 'self' as choice
	from drip_receipt r join drip_tip t on t.id = r.tip_id join item i on i.id = t.drip_id where r.via in ('mail', 'chat')`;

/** Which tip of which series the mail server took for whom: its name in the outbox holds it. */
const tipsMailed = sql`select s.person_id, t.drip_id as item_id, t.id as part, s.at from mail_sent s
	join drip_tip t on t.id = split_part(s.message_id, '.', 2)::uuid where s.purpose = 'tip'`;

/** Tips come when they are due, by mail, feed and chat. */
export function wireDrips(db: Db): void {
	registerDeeds(...tipDeeds);
	registerFeeds(tipsFeed);
	registerOtherWay({
		...{
			name: 'tips',
			label: 'Tips of a series that is followed',
			stopLabel: 'Stop this series',
			came: tipsThatCame,
			mailed: tipsMailed,
			recall: recallTips
		},
		stop: (tx, viewer, dripId) => stopTips(tx, viewer.id, dripId)
	});
	exportsOwn(...ownTips);
	registerKinds([
		{
			...{ name: 'tip.corrected', label: 'A tip you got was wrong', group: 'What helped', choice: 'self' },
			...{ inPage: true, mail: 'now', atWork: true, button: 'Open it in Trellis', letter: correctionLetter },
			sentence: ({ title, note }) => `A tip of “${title}” was wrong when you got it: ${note}`
		}
	]);
	keepQuietFor(keepsQuiet);
	subscribe('leave.changed', ({ personId }) => heedLeave(db, personId));
	subscribe('tip.corrected', (event) => tellCorrection(db, event));
	// The next minute tries again by itself.
	defineJob('tips.deliver', () => deliverDue(db), { cron: '* * * * *', retryLimit: 0 });
	defineJob<Parameters<typeof chatTip>[1]>(CHAT, (data) => chatTip(db, data), { atOnce: 5 });
}
