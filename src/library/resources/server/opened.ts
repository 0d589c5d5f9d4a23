import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { newId } from '#src/platform/server/ids.ts';
import { sql, type Db } from '#src/platform/server/db.ts';

/**
 * Notes in the viewer's private record which version of a resource they have opened, once a
 * version and day: so a correction reaches those who used what is no longer right, and nobody else.
 */
export async function noteOpened(db: Db, viewer: Viewer, id: string, version: number): Promise<void> {
	await db.execute(sql`insert into signal (id, actor_id, verb, item_id, space_id, result)
		select ${newId()}, ${viewer.id}, 'opened', i.id, i.space_id, jsonb_build_object('version', ${version}::int)
		from item i where i.id = ${id} and ${visibleItems(viewer, 'i')} and i.author_id <> ${viewer.id}
			and not exists (select 1 from signal s where s.actor_id = ${viewer.id} and s.verb = 'opened' and s.item_id = i.id
				and s.result ->> 'version' = ${String(version)} and s.at > now() - interval '1 day')`);
}
