import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';

/**
 * Whether the viewer stands behind an anonymous item here or above: then whatever they
 * write or do beneath it is without name too, or the first comment would give them away.
 */
export async function isMasked(tx: Db, viewer: Viewer, itemId: string): Promise<boolean> {
	const found = await row<{ masked: boolean }>(
		tx,
		sql`with recursive above as (
				select id, parent_id, author_id, anonymous from item where id = ${itemId}
				union all
				select i.id, i.parent_id, i.author_id, i.anonymous from item i join above a on i.id = a.parent_id
			)
			select exists (select 1 from above where anonymous and author_id = ${viewer.id}) as masked`
	);
	return found?.masked ?? false;
}
