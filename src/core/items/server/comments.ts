import { eq } from 'drizzle-orm';
import { allow, canWriteIn, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import { itemAddress } from '../address.ts';
import type { CommentEdit, NewComment } from '../actions-input.ts';
import { isMasked } from './masked.ts';
import { item } from './schema.ts';
import { once } from './submission.ts';
import { changeState, createItem, editItem, lockItem, type ItemRow } from './write.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** `masked`: the actor stands behind an anonymous item here and is never named. */
		'item.commented': { itemId: string; commentId: string; spaceId: string; actorId: string; masked: boolean };
	}
}

/**
 * Comments on any item but a comment.
 * @returns the comment's id
 */
export async function addComment(db: Db, viewer: Viewer, itemId: string, input: NewComment): Promise<string> {
	return db.transaction((tx) =>
		once(tx, viewer, input.submission, async () => {
			const about = await lockItem(tx, viewer, itemId);
			allow(canWriteIn(viewer, about), 'Join the space to comment in it.');
			if (about.kind === 'comment') throw invalid({ bodyMd: 'Comment on what the comment is about.' });
			const masked = await isMasked(tx, viewer, itemId);
			const { spaceId } = about;
			const commentId = await createItem(tx, viewer, {
				...{ kind: 'comment', spaceId, parentId: itemId, bodyMd: input.bodyMd, anonymous: masked }
			});
			await freshen(tx, about);
			await record(tx, viewer.id, 'commented', { itemId: commentId, spaceId });
			await emit(tx, 'item.commented', { itemId, commentId, spaceId, actorId: viewer.id, masked });
			return commentId;
		})
	);
}

/** What is commented on is new again, and so is what that belongs to. */
async function freshen(tx: Db, { id, parentId }: ItemRow): Promise<void> {
	await tx
		.update(item)
		.set({ activeAt: sql`now()` })
		.where(eq(item.id, parentId ?? id));
}

/** One's own comment with its source, and where it is read. @throws Failure forbidden for those of others */
export async function commentToEdit(db: Db, viewer: Viewer, commentId: string) {
	const found = await row<{ author_id: string; body_md: string; version: number; root_id: string; root_kind: string }>(
		db,
		sql`select i.author_id, i.body_md, i.version, root.id as root_id, root.kind as root_kind
			from item i join item up on up.id = i.parent_id join item root on root.id = coalesce(up.parent_id, up.id)
			where i.id = ${commentId} and i.kind = 'comment' and ${visibleItems(viewer, 'i')}`
	);
	if (!found) throw notFound();
	allow(found.author_id === viewer.id, 'Only its author may change a comment.');
	const place = { id: commentId, kind: 'comment', rootId: found.root_id, rootKind: found.root_kind };
	return { bodyMd: found.body_md, version: found.version, address: itemAddress(place) };
}

/** Changes one's own comment. @throws Failure conflict on a stale edit */
export async function editComment(db: Db, viewer: Viewer, commentId: string, edit: CommentEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const comment = await lockItem(tx, viewer, commentId, 'comment');
		allow(comment.authorId === viewer.id, 'Only its author may change a comment.');
		return editItem(tx, viewer, commentId, edit);
	});
}

/** Removes a comment: its author or a steward of the space. */
export async function removeComment(db: Db, viewer: Viewer, commentId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const comment = await lockItem(tx, viewer, commentId, 'comment');
		allow(comment.authorId === viewer.id || isSteward(viewer, comment.spaceId));
		await changeState(tx, viewer, commentId, 'removed');
	});
}
