import { eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { flag, follow, helped, item, itemLink } from '#src/core/items/server/schema.ts';
import { createItem } from '#src/core/items/server/write.ts';
import { question } from '#src/ask/server/schema.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';

/** What people do in the example that has no command yet. */

export const comment = (tx: Db, viewer: Viewer, spaceId: string, parentId: string, bodyMd: string) =>
	createItem(tx, viewer, { kind: 'comment', spaceId, parentId, bodyMd });

export async function markHelped(tx: Db, viewer: Viewer, itemId: string, minutesSaved?: number, note = '') {
	await tx.insert(helped).values({ itemId, personId: viewer.id, minutesSaved, note });
	await tx
		.update(item)
		.set({ helpedCount: sql`helped_count + 1`, helpedMinutes: sql`helped_minutes + ${minutesSaved ?? 0}` })
		.where(eq(item.id, itemId));
	await tx.execute(sql`update question set useful_at = coalesce(useful_at, now())
		where item_id = (select parent_id from item where id = ${itemId} and kind = 'answer')`);
}

export async function acceptAnswer(tx: Db, questionId: string, answerId: string) {
	await tx
		.update(question)
		.set({ status: 'answered', acceptedAnswerId: answerId, usefulAt: sql`coalesce(useful_at, now())` })
		.where(eq(question.itemId, questionId));
}

export async function mergeInto(tx: Db, viewer: Viewer, questionId: string, originalId: string) {
	await tx
		.update(question)
		.set({ status: 'duplicate', duplicateOf: originalId })
		.where(eq(question.itemId, questionId));
	await tx
		.insert(itemLink)
		.values({ fromId: questionId, toId: originalId, relation: 'duplicates', createdBy: viewer.id });
}

export async function askForMore(tx: Db, viewer: Viewer, spaceId: string, questionId: string, note: string) {
	await tx.update(question).set({ status: 'needs_info' }).where(eq(question.itemId, questionId));
	return comment(tx, viewer, spaceId, questionId, note);
}

export async function flagOutdated(tx: Db, viewer: Viewer, itemId: string, note: string) {
	await tx.insert(flag).values({ id: newId(), itemId, personId: viewer.id, reason: 'outdated', note });
}

export async function startFollowing(tx: Db, viewer: Viewer, itemId: string) {
	await tx.insert(follow).values({ personId: viewer.id, targetKind: 'item', target: itemId }).onConflictDoNothing();
}
