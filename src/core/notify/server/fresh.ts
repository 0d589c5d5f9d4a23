import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { NoticeRow } from './read.ts';

export interface Fresh {
	title: string;
	href: string;
	/** Why it is worth a look. */
	why: string;
}

/** A few things that are new in the viewer's spaces and that they have not seen: the most helpful first. */
export async function newInSpaces(db: Db, viewer: Viewer, told: NoticeRow[]): Promise<Fresh[]> {
	const known = told.flatMap(({ page_id }) => (page_id ? [page_id] : []));
	const found = await rows<{
		id: string;
		kind: string;
		title: string;
		space: string;
		helped_count: number;
		replies: number;
	}>(
		db,
		sql`select i.id, i.kind, i.title, s.name as space, i.helped_count,
				(select count(*)::int from item r where r.parent_id = i.id and r.kind = 'answer' and r.state = 'open') as replies
			from item i join space s on s.id = i.space_id
			where i.parent_id is null and i.state = 'open' and i.title <> '' and i.active_at > now() - interval '4 days'
				and ${visibleItems(viewer, 'i')} and i.space_id = any(${array([...viewer.memberships.keys()], 'uuid')})
				and i.author_id <> ${viewer.id} and not i.id = any(${array(known, 'uuid')})
				and not exists (select 1 from seen where seen.person_id = ${viewer.id} and seen.item_id = i.id and seen.at >= i.active_at)
			order by i.helped_count desc, i.active_at desc limit 5`
	);
	return found.map((line) => ({
		title: line.title,
		href: itemAddress({ id: line.id, kind: line.kind, rootId: line.id, rootKind: line.kind }),
		why: reason(line)
	}));
}

function reason({ space, helped_count, replies }: { space: string; helped_count: number; replies: number }): string {
	if (helped_count > 0)
		return `In ${space}. It helped ${helped_count === 1 ? 'a colleague' : `${helped_count} colleagues`}.`;
	if (replies > 0) return `In ${space}, with ${replies} ${replies === 1 ? 'answer' : 'answers'}.`;
	return `New in ${space}.`;
}
