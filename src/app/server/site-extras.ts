import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { Extras } from '#src/site/export.ts';

/** What the rooms tell of their items in an exported site: the file of a resource, the address of a link, the accepted answer. */
export const siteExtras =
	(db: Db): Extras =>
	async (ids) => {
		const found = await rows<{ id: string; fileId: string | null; address: string | null; label: string | null }>(
			db,
			sql`select i.id, r.file_id as "fileId", l.url as address, case when q.item_id is not null then 'Accepted answer' end as label
				from item i left join resource r on r.item_id = i.id left join link l on l.item_id = i.id
				left join question q on q.item_id = i.parent_id and q.accepted_answer_id = i.id
				where i.id = any(${array(ids, 'uuid')})`
		);
		return new Map(
			found.map(({ id, fileId, address, label }) => [
				id,
				{ ...(fileId && { fileId }), ...(address && { address }), ...(label && { label }) }
			])
		);
	};
