import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { files } from '#src/platform/server/files.ts';
import { contentInUse, fileInUse } from './contents.ts';
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
			and not ${fileInUse(sql`file.id::text`)}
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

/** A content without a row may be one whose row is about to come. */
const YOUNG_MS = 86_400_000;
const BATCH = 500;

/**
 * Removes contents that no row names: left by a process that died between the two, or by
 * rows that were deleted with their person.
 * @returns how many were removed
 */
export async function sweepContents(db: Db, now = Date.now()): Promise<number> {
	let removed = 0;
	let batch: string[] = [];
	for await (const { key, since } of files().contents()) {
		if (now - since.getTime() > YOUNG_MS) batch.push(key);
		if (batch.length < BATCH) continue;
		removed += await sweepBatch(db, batch);
		batch = [];
	}
	return removed + (await sweepBatch(db, batch));
}

async function sweepBatch(db: Db, keys: string[]): Promise<number> {
	const lost = await rows<{ key: string }>(
		db,
		sql`select key from unnest(${array(keys, 'text')}) as key where not ${contentInUse(sql`key`)}`
	);
	for (const { key } of lost)
		await db.transaction(async (tx) => {
			await lockContent(tx, key);
			await deleteIfUnused(tx, key);
		});
	return lost.length;
}

async function deleteIfUnused(tx: Db, key: string): Promise<void> {
	const [found] = await rows<{ used: boolean }>(tx, sql`select ${contentInUse(sql`${key}`)} as used`);
	if (!found!.used) await files().delete(key);
}
