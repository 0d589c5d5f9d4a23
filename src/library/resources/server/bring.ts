import { eq } from 'drizzle-orm';
import { linkFiles } from '#src/core/files/server/read.ts';
import type { FileRow } from '#src/core/files/server/store.ts';
import type { Db } from '#src/platform/server/db.ts';
import { addDocument } from '../../documents/server/documents.ts';
import { resource, resourceVersion } from './schema.ts';
import { replaceFile, shownOf } from './write.ts';

/** Keeps the file of a resource whose item an import has written: of a new one, or another file as this version. */
export async function keepBroughtFile(tx: Db, itemId: string, version: number, file: FileRow): Promise<void> {
	const [before] = await tx.select().from(resource).where(eq(resource.itemId, itemId));
	if (before) return replaceFile(tx, itemId, version, file, {});
	await tx.insert(resource).values({ itemId, fileId: file.id, ...shownOf(file, {}) });
	await tx.insert(resourceVersion).values({ itemId, version, fileId: file.id });
	await linkFiles(tx, itemId, [file.id]);
	await addDocument(tx, itemId, file);
}
