import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { lineColumns, lineTables, presentLine, type LineRow } from '#src/core/items/server/list.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import type { Helpful } from '../highlight.ts';
import type { HelpfulFilter } from '../input.ts';

/**
 * What helped most colleagues in the last 30 days and is open to the viewer. What an answer
 * did counts for its question.
 */
export async function mostHelpful(db: Db, viewer: Viewer, { space, limit }: HelpfulFilter): Promise<Helpful[]> {
	const found = await rows<LineRow & { marks: number }>(
		db,
		sql`select ${lineColumns}, top.marks from (
				select coalesce(m.parent_id, m.id) as id, count(distinct h.person_id)::int as marks
				from helped h join item m on m.id = h.item_id
				where h.created_at > now() - interval '30 days' and m.kind <> 'comment' and ${visibleItems(viewer, 'm')}
					and ${space ? sql`m.space_id = ${space}` : sql`true`}
				group by 1
			) top, ${lineTables}
			where i.id = top.id and i.parent_id is null and i.state = 'open' and ${visibleItems(viewer, 'i')}
			order by top.marks desc, i.active_at desc, i.id limit ${limit}`
	);
	return found.map((line) => ({ ...presentLine(viewer, line), marks: line.marks }));
}
