import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { MarkAll, ReadMark } from '../input.ts';
import { listed } from './stream.ts';
import { readBy, storyOf } from './mine.ts';

/** Marks entries of the viewer's feeds as read, or as not. What is not theirs to read is passed over. */
export async function markRead(db: Db, viewer: Viewer, { ids, read }: ReadMark): Promise<void> {
	await db.execute(sql`insert into feed_read (person_id, entry_id, is_read)
		select distinct ${viewer.id}::uuid, ${storyOf(viewer)}, ${read}::boolean from feed_post p join feed_subscription s on s.feed_id = p.feed_id
		where (p.entry_id = any(${array(ids, 'uuid')}) or p.own_id = any(${array(ids, 'uuid')})) and ${readBy(viewer)}
			and ${storyOf(viewer)} = any(${array(ids, 'uuid')})
		on conflict (person_id, entry_id) do update set is_read = excluded.is_read, read_at = now(), batch = null
			where feed_read.is_read <> excluded.is_read`);
}

/**
 * Marks as read what a list holds, up to the moment at which it was shown.
 * @returns how many there were, and what takes them back together
 */
export async function markAllRead(db: Db, viewer: Viewer, input: MarkAll): Promise<{ batch: string; count: number }> {
	const { until, ...chosen } = input;
	const batch = newId();
	const marked = await rows(
		db,
		sql`with ${listed(viewer, { ...chosen, show: 'unread' })}
			insert into feed_read (person_id, entry_id, batch)
			select ${viewer.id}::uuid, id, ${batch}::uuid from line where found_at <= ${until}::timestamptz
			on conflict (person_id, entry_id) do update set is_read = true, read_at = now(), batch = excluded.batch
				where not feed_read.is_read returning 1`
	);
	return { batch, count: marked.length };
}

/** Takes back what was marked together; once more does nothing. */
export async function undoMark(db: Db, viewer: Viewer, batch: string): Promise<void> {
	await db.execute(
		sql`update feed_read set is_read = false, batch = null where batch = ${batch} and person_id = ${viewer.id}`
	);
}
