import { eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { itemLink } from '#src/core/items/server/schema.ts';
import { question } from '#src/ask/server/schema.ts';
import { sql, type Db } from '#src/platform/server/db.ts';

/** What people do in the example that has no command yet. */

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

export async function askForMore(tx: Db, viewer: Viewer, questionId: string, note: string) {
	await tx.update(question).set({ status: 'needs_info' }).where(eq(question.itemId, questionId));
	return addComment(tx, viewer, questionId, { bodyMd: note });
}
