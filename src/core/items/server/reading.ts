import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';

/**
 * Notes in the viewer's private record that they have read something, once a day. Whoever passes
 * a check without having read its content is given its minutes back.
 */
export async function noteRead(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.execute(sql`insert into signal (id, actor_id, verb, item_id, space_id)
		select ${newId()}, ${viewer.id}, 'read', i.id, i.space_id
		from item i where i.id = ${id} and ${visibleItems(viewer, 'i')} and i.author_id <> ${viewer.id}
			and not exists (select 1 from signal s where s.actor_id = ${viewer.id} and s.verb = 'read' and s.item_id = i.id
				and s.at > now() - interval '1 day')`);
}
