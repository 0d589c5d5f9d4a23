import { and, eq } from 'drizzle-orm';
import { allow, canRead } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { FollowTarget } from '../actions-input.ts';
import { follow } from './schema.ts';

/** Follows an item, a tag, a space or a person; twice is once. */
export async function startFollowing(db: Db, viewer: Viewer, target: FollowTarget): Promise<void> {
	await expectTarget(db, viewer, target);
	await watch(db, viewer.id, target);
}

/** Ends it; what was not followed stays so. */
export async function stopFollowing(db: Db, viewer: Viewer, { targetKind, target }: FollowTarget): Promise<void> {
	await db
		.delete(follow)
		.where(and(eq(follow.personId, viewer.id), eq(follow.targetKind, targetKind), eq(follow.target, target)));
}

/** Follows for somebody who has just written what is to be followed. */
export async function watch(tx: Db, personId: string, { targetKind, target }: FollowTarget): Promise<void> {
	await tx.insert(follow).values({ personId, targetKind, target }).onConflictDoNothing();
}

/** All that the viewer follows. */
export function follows(db: Db, viewer: Viewer): Promise<{ kind: FollowTarget['targetKind']; target: string }[]> {
	return rows(
		db,
		sql`select target_kind as kind, target from follow where person_id = ${viewer.id} order by target_kind, target limit 2000`
	);
}

/** The tags a person follows, by name. */
export async function followedTags(db: Db, viewer: Viewer): Promise<string[]> {
	const found = await rows<{ target: string }>(
		db,
		sql`select target from follow where person_id = ${viewer.id} and target_kind = 'tag' order by target`
	);
	return found.map(({ target }) => target);
}

/** Whether the viewer follows a target. */
export async function isFollowing(db: Db, viewer: Viewer, { targetKind, target }: FollowTarget): Promise<boolean> {
	const found = await row(
		db,
		sql`select 1 from follow where person_id = ${viewer.id} and target_kind = ${targetKind} and target = ${target}`
	);
	return found !== undefined;
}

/** @throws Failure not_found for what is not there or not open to the viewer */
async function expectTarget(db: Db, viewer: Viewer, { targetKind, target }: FollowTarget): Promise<void> {
	if (targetKind === 'tag') return;
	if (targetKind === 'space') {
		if (!canRead(viewer, { spaceId: target })) throw notFound();
		return;
	}
	if (targetKind === 'person') allow(target !== viewer.id, 'You cannot follow yourself.');
	const query =
		targetKind === 'item'
			? sql`select 1 from item i where i.id = ${target} and ${visibleItems(viewer, 'i')}`
			: sql`select 1 from person where id = ${target} and deactivated_at is null`;
	if (!(await row(db, query))) throw notFound();
}
