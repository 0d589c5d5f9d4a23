import { accompany, subscribe } from '#src/core/signals/server/events.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { wireAidNotices } from './notices.ts';
import { linkQuestion } from './questions.ts';
import { remindOwners } from './verify.ts';
import { contentFollows } from './write.ts';

/** Versions keep their content, questions find their aid, and owners hear when it is time to look. */
export function wireAids(db: Db): void {
	accompany('item.edited', contentFollows);
	subscribe('item.created', (event) => linkQuestion(db, event));
	subscribe('item.edited', (event) => linkQuestion(db, event));
	// Every half hour, since owners are reminded while they are at work, wherever that is.
	defineJob('aid.remind', async () => void (await remindOwners(db)), { cron: '12,42 * * * *' });
	wireAidNotices(db);
}
