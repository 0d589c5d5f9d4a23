import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { files } from '#src/platform/server/files.ts';
import { lockContent } from './store.ts';

/**
 * Removes uploads of more than two days ago that nothing uses: no item, no draft, no
 * profile. Their contents leave the store when no other upload has the same.
 * @returns how many uploads were removed
 */
export async function sweepFiles(db: Db): Promise<number> {
	const unused = await rows<{ id: string; keys: string[] }>(
		db,
		sql`select id, array_remove(array[sha256, thumbnail_sha256], null) as keys from file
			where created_at < now() - interval '2 days'
			and not exists (select 1 from item_file f where f.file_id = file.id)
			and not exists (select 1 from person p where p.id = file.uploader_id and p.image like '%' || file.id || '%')
			and not exists (select 1 from draft d where d.person_id = file.uploader_id and d.content::text like '%' || file.id || '%')
			limit 1000`
	);
	for (const { id, keys } of unused) {
		await db.transaction(async (tx) => {
			for (const key of keys.sort()) await lockContent(tx, key);
			await tx.execute(sql`delete from file where id = ${id}`);
			for (const key of keys) await deleteIfUnused(tx, key);
		});
	}
	return unused.length;
}

async function deleteIfUnused(tx: Db, key: string): Promise<void> {
	const used = await rows(tx, sql`select 1 from file where sha256 = ${key} or thumbnail_sha256 = ${key} limit 1`);
	if (used.length === 0) await files().delete(key);
}
