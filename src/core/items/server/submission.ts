import { and, eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { submission } from './schema.ts';

/**
 * Carries out a submission once: a double click or a retry gets the first one's result.
 * The second waits at the primary key until the first has ended.
 * @param id made when the form was shown; without one the work is simply done
 * @returns the id of the item that the first submission made
 */
export async function once(
	tx: Db,
	viewer: Viewer,
	id: string | undefined,
	work: () => Promise<string>
): Promise<string> {
	if (!id) return work();
	const key = and(eq(submission.personId, viewer.id), eq(submission.id, id));
	if (!(await isFirst(tx, viewer, id))) {
		const [first] = await tx.select().from(submission).where(key);
		if (first?.itemId) return first.itemId;
	}
	const itemId = await work();
	await tx.update(submission).set({ itemId }).where(key);
	return itemId;
}

/** Notes a submission. @returns whether it comes for the first time; waits for the first one to end */
export async function isFirst(tx: Db, viewer: Viewer, id: string): Promise<boolean> {
	const taken = await tx.insert(submission).values({ personId: viewer.id, id }).onConflictDoNothing().returning();
	return taken.length > 0;
}
