import { z } from 'zod';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { itemFilter, linePage, presentLine, type LineRow } from '#src/core/items/server/list.ts';
import type { ItemRow } from '#src/core/items/post.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { results, type StoryResult, type StoryView } from '../story.ts';

/** A story with its comments. @throws Failure not_found */
export async function readStory(db: Db, viewer: Viewer, id: string): Promise<StoryView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'story');
	const found = await row<{ result: StoryResult }>(db, sql`select result from story where item_id = ${id}`);
	return { ...item, result: found!.result };
}

export const storyFilter = z.strictObject({
	...itemFilter.shape,
	result: z.enum(results, 'must be worked, partly or did_not_work').optional()
});
export type StoryFilter = z.output<typeof storyFilter>;

export interface StoryRow extends ItemRow {
	result: StoryResult;
}

/** Stories the viewer may read, by last activity, the newest first. */
export const listStories = (db: Db, viewer: Viewer, filter: StoryFilter) =>
	linePage<LineRow & { result: StoryResult }, StoryRow>(
		db,
		viewer,
		filter,
		{
			columns: sql`st.result`,
			join: sql`join story st on st.item_id = i.id`,
			where: filter.result && sql`st.result = ${filter.result}`
		},
		(line) => ({ ...presentLine(viewer, line), result: line.result })
	);
