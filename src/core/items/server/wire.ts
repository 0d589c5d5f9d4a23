import { subscribe } from '#src/core/signals/server/events.ts';
import type { Db } from '#src/platform/server/db.ts';
import { enqueue, defineJob } from '#src/platform/server/jobs.ts';
import { hasLinks, unfurlLinks } from './unfurl.ts';

const UNFURL = 'items.unfurl';

/** Links that stand alone are read once their item is written; a slow page holds up no other reaction. */
export function wireItems(db: Db): void {
	const later = async ({ itemId }: { itemId: string }) => {
		if (await hasLinks(db, itemId)) await enqueue(db, UNFURL, { itemId });
	};
	subscribe('item.created', later);
	subscribe('item.edited', later);
	defineJob<{ itemId: string }>(UNFURL, ({ itemId }) => unfurlLinks(db, itemId), { retryLimit: 2 });
}
