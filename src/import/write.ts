import { v7 } from 'uuid';
import type { Provenance } from '#src/core/items/server/schema.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';

/** An item to be written as it was elsewhere: with its own times, and without any event. */
export interface ImportedItem {
	id: string;
	kind: string;
	spaceId: string;
	authorId: string;
	parentId?: string;
	title?: string;
	bodyMd: string;
	bodyHtml: string;
	tags?: string[];
	provenance: Provenance;
	createdAt: string;
	updatedAt?: string;
	activeAt?: string;
}

/** An id that sorts by when the thing was made. */
export const idAt = (moment: string): string => v7({ msecs: Math.max(0, Date.parse(moment)) });

/**
 * Writes many items, each with its first revision, in one statement. Nobody is notified of
 * what is imported, and none of it enters anybody's record.
 */
export async function writeItems(tx: Db, items: ImportedItem[]): Promise<void> {
	if (items.length === 0) return;
	await tx.execute(sql`with r as materialized (select * from json_to_recordset(${JSON.stringify(items)}::text::json) as r(
			id uuid, kind text, "spaceId" uuid, "authorId" uuid, "parentId" uuid, title text, "bodyMd" text, "bodyHtml" text,
			tags text[], provenance jsonb, "createdAt" timestamptz, "updatedAt" timestamptz, "activeAt" timestamptz)),
		written as (
			insert into item (id, kind, space_id, author_id, parent_id, title, body_md, body_html, tags, provenance,
				created_at, updated_at, active_at)
			select id, kind, "spaceId", "authorId", "parentId", coalesce(title, ''), "bodyMd", "bodyHtml",
				coalesce(tags, '{}'), provenance, "createdAt", coalesce("updatedAt", "createdAt"),
				coalesce("activeAt", "updatedAt", "createdAt") from r
			returning id)
		insert into revision (item_id, version, title, body_md, tags, editor_id, created_at)
		select id, 1, coalesce(title, ''), "bodyMd", coalesce(tags, '{}'), "authorId", "createdAt" from r`);
}

export interface KnownItem {
	id: string;
	kind: string;
	space_id: string;
}

/** Items of a source that are here already, by their id there. */
export async function knownItems(db: Db, source: string, refs: string[]): Promise<Map<string, KnownItem>> {
	const found = await rows<KnownItem & { ref: string }>(
		db,
		sql`select provenance ->> 'id' as ref, id, kind, space_id from item
			where provenance is not null and provenance ->> 'source' = ${source}
				and provenance ->> 'id' = any(${array([...new Set(refs)], 'text')})`
	);
	return new Map(found.map(({ ref, ...item }) => [ref, item]));
}
