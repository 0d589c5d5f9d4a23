import { z } from 'zod';
import { canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import {
	itemFilter,
	lineColumns,
	linePage,
	lineTables,
	presentLine,
	type LineRow
} from '#src/core/items/server/list.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { RequestRow, RequestView, Shown } from '../request.ts';

/** A request with what shows it and its comments. @throws Failure not_found */
export async function readRequest(db: Db, viewer: Viewer, id: string): Promise<RequestView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'request');
	const state = await row<{ answered: boolean; author_id: string }>(
		db,
		sql`select r.answered_at is not null as answered, i.author_id from request r join item i on i.id = r.item_id where r.item_id = ${id}`
	);
	const settles = canEdit(viewer, { spaceId: item.space.id, authorId: state!.author_id });
	return { ...item, answered: state!.answered, shown: await shownFor(db, viewer, id, settles) };
}

async function shownFor(db: Db, viewer: Viewer, requestId: string, settles: boolean): Promise<Shown[]> {
	const found = await rows<LineRow & { created_by: string; helped: boolean }>(
		db,
		sql`select ${lineColumns}, l.created_by,
				exists (select 1 from helped h where h.item_id = i.id and h.person_id = ${viewer.id}) as helped
			from ${lineTables} join item_link l on l.from_id = i.id
			where l.to_id = ${requestId} and l.relation = 'answers' and i.state = 'open' and ${visibleItems(viewer, 'i')}
			order by i.helped_count desc, l.created_at limit 50`
	);
	return found.map((line) => ({
		...presentLine(viewer, line),
		...{ helped: line.helped, canRemove: settles || line.created_by === viewer.id }
	}));
}

export const requestFilter = z.strictObject({
	...itemFilter.shape,
	show: z.enum(['open', 'answered', 'all'], 'must be open, answered or all').default('open')
});
export type RequestFilter = z.output<typeof requestFilter>;

/** Requests the viewer may read, by last activity, the newest first. */
export function listRequests(db: Db, viewer: Viewer, filter: RequestFilter) {
	const states = { open: sql`r.answered_at is null`, answered: sql`r.answered_at is not null`, all: sql`true` };
	const shownCount = sql`(select count(*)::int from item_link l join item a on a.id = l.from_id
		where l.to_id = i.id and l.relation = 'answers' and a.state = 'open' and ${visibleItems(viewer, 'a')})`;
	return linePage<LineRow & { answered: boolean; shown_count: number }, RequestRow>(
		db,
		viewer,
		filter,
		{
			columns: sql`r.answered_at is not null as answered, ${shownCount} as shown_count`,
			join: sql`join request r on r.item_id = i.id`,
			where: states[filter.show]
		},
		(line) => ({ ...presentLine(viewer, line), answered: line.answered, shownCount: line.shown_count })
	);
}
