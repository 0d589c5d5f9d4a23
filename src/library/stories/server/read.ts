import { z } from 'zod';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { toPage } from '#src/core/api/server/page.ts';
import { readItem } from '#src/core/items/server/post.ts';
import {
	itemFilter,
	lineColumns,
	lineCursor,
	lineTables,
	matching,
	presentLine,
	type LineRow
} from '#src/core/items/server/list.ts';
import type { ItemRow } from '#src/core/items/post.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { outcomes, type Outcome } from '../input.ts';
import type { StoryView } from '../story.ts';

/** A story with its comments. @throws Failure not_found */
export async function readStory(db: Db, viewer: Viewer, id: string): Promise<StoryView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'story');
	const found = await row<{ outcome: Outcome }>(db, sql`select outcome from story where item_id = ${id}`);
	return { ...item, outcome: found!.outcome };
}

export const storyFilter = z.strictObject({
	...itemFilter.shape,
	outcome: z.enum(outcomes, 'must be worked, partly or did_not_work').optional()
});
export type StoryFilter = z.output<typeof storyFilter>;

export interface StoryRow extends ItemRow {
	outcome: Outcome;
}

/** Stories the viewer may read, by last activity, the newest first. */
export async function listStories(db: Db, viewer: Viewer, filter: StoryFilter) {
	const found = await rows<LineRow & { outcome: Outcome }>(
		db,
		sql`select ${lineColumns}, st.outcome from ${lineTables} join story st on st.item_id = i.id
			where i.state = 'open' and ${visibleItems(viewer, 'i')} and ${matching(filter)}
				and ${filter.outcome ? sql`st.outcome = ${filter.outcome}` : sql`true`}
			order by i.active_at desc, i.id desc limit ${filter.limit + 1}`
	);
	const page = toPage(found, filter.limit, lineCursor);
	const items = page.items.map((line): StoryRow => ({ ...presentLine(viewer, line), outcome: line.outcome }));
	return { items, next: page.next };
}
