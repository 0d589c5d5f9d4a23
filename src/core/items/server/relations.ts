import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { itemAddress } from '../address.ts';
import type { Relative } from '../post.ts';
import { lockItem } from './write.ts';

/** Says that an item was made from another, which its reader may follow back. */
export async function deriveFrom(tx: Db, viewer: Viewer, itemId: string, sourceId: string): Promise<void> {
	if (itemId === sourceId) throw invalid({ from: 'is the item itself' });
	await lockItem(tx, viewer, itemId);
	await lockItem(tx, viewer, sourceId);
	await tx.execute(sql`insert into item_link (from_id, to_id, relation, created_by)
		values (${itemId}, ${sourceId}, 'derived_from', ${viewer.id}) on conflict do nothing`);
}

/** A relative as the columns below bring it. */
export interface RelativeRow {
	id: string;
	kind: string;
	title: string;
}

/** What the item `i` was made from, and what was made from it, as far as the viewer may read. */
export const relationColumns = (viewer: Viewer) => sql`
	(select json_agg(json_build_object('id', r.id, 'kind', r.kind, 'title', r.title) order by l.created_at)
		from item_link l join item r on r.id = l.to_id
		where l.from_id = i.id and l.relation = 'derived_from' and ${visibleItems(viewer, 'r')}) as made_from,
	(select json_agg(json_build_object('id', r.id, 'kind', r.kind, 'title', r.title) order by l.created_at)
		from item_link l join item r on r.id = l.from_id
		where l.to_id = i.id and l.relation = 'derived_from' and r.state = 'open' and ${visibleItems(viewer, 'r')}) as led_to`;

/** Relatives as they leave the server. */
export const presentRelatives = (found: RelativeRow[] | null): Relative[] =>
	(found ?? []).map(({ id, kind, title }) => ({
		...{ kind, title },
		href: itemAddress({ id, kind, rootId: id, rootKind: kind })
	}));
