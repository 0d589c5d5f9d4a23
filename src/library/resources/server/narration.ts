import { and, eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { linkFiles } from '#src/core/files/server/read.ts';
import type { Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { mediaOf } from '../resource.ts';
import { resourceNarration } from './schema.ts';
import { lockResource, ownFile } from './write.ts';

/**
 * Adds what its author says to one page or slide, in place of what was said to it before.
 * @throws Failure invalid with `fileId` when the file is no sound
 */
export async function narratePage(
	db: Db,
	viewer: Viewer,
	id: string,
	{ page, fileId }: { page: number; fileId: string }
): Promise<void> {
	await db.transaction(async (tx) => {
		const { facts } = await lockResource(tx, viewer, id);
		if (facts.media !== 'document') throw invalid({ fileId: 'Only documents and slides are narrated page by page.' });
		const kept = await ownFile(tx, viewer, fileId);
		// A recording of sound alone may come in a container that films come in.
		if (!['audio', 'video'].includes(mediaOf(kept.mime)))
			throw invalid({ fileId: 'This is no sound that can be played.' });
		await tx
			.insert(resourceNarration)
			.values({ itemId: id, page, fileId })
			.onConflictDoUpdate({ target: [resourceNarration.itemId, resourceNarration.page], set: { fileId } });
		await linkFiles(tx, id, [fileId]);
	});
}

/** Takes what was said to a page away. */
export async function removeNarration(db: Db, viewer: Viewer, id: string, page: number): Promise<void> {
	await db.transaction(async (tx) => {
		await lockResource(tx, viewer, id);
		await tx.delete(resourceNarration).where(and(eq(resourceNarration.itemId, id), eq(resourceNarration.page, page)));
	});
}
