import { subscribe } from '#src/core/signals/server/events.ts';
import type { Db } from '#src/platform/server/db.ts';
import '#src/core/items/server/helped.ts';
import { defineJob, enqueue } from '#src/platform/server/jobs.ts';
import { catchUp, indexItems } from './indexing.ts';
import './parts.ts';

const CATCH_UP = 'search.catch_up';
/** Of its own: a long document is taken in slowly, and events are not to wait for it. */
const PARTS_QUEUE = 'search.parts';

/** The index follows what happens to items; after an import it catches up in a job of its own. */
export function wireSearch(db: Db): void {
	const again = ({ itemId }: { itemId: string }) => indexItems(db, [itemId]);
	subscribe('item.created', again);
	subscribe('item.edited', again);
	subscribe('item.state_changed', again);
	subscribe('item.helped', again);
	subscribe('item.helped_taken_back', again);
	subscribe('item.parts_changed', ({ itemId }) => enqueue(db, PARTS_QUEUE, { itemId }, { singletonKey: itemId }));
	subscribe('items.imported', ({ source }) => enqueue(db, CATCH_UP, { source }, { singletonKey: source }));
	defineJob<{ itemId: string }>(PARTS_QUEUE, again, { batch: 1, expireInSeconds: 3600 });
	defineJob<{ source?: string }>(
		CATCH_UP,
		async ({ source }) => {
			await catchUp(db, { source });
		},
		{ expireInSeconds: 3 * 3600 }
	);
}
