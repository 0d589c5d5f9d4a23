import { and, eq } from 'drizzle-orm';
import { allow, canRead } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { withSettings } from '#src/core/notify/server/on-its-way.ts';
import { noteOptOut, optIn } from '#src/core/notify/server/opt-outs.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { FollowTarget } from '../actions-input.ts';
import { follow } from './schema.ts';

/** Follows an item, a tag, a space or a person; twice is once. */
export async function startFollowing(db: Db, viewer: Viewer, target: FollowTarget): Promise<void> {
	await expectTarget(db, viewer, target);
	await watch(db, viewer.id, target);
}

/** Ends it; what was not followed stays so. What it brought and was not told yet counts as read. */
export const stopFollowing = (db: Db, viewer: Viewer, { targetKind, target }: FollowTarget): Promise<void> =>
	withSettings(db, viewer.id, async (tx) => {
		const mine = and(eq(follow.personId, viewer.id), eq(follow.targetKind, targetKind), eq(follow.target, target));
		const ended = await tx.delete(follow).where(mine).returning({ target: follow.target });
		if (ended.length === 0) return;
		await noteOptOut(tx, viewer.id, { about: 'follow', target: `${targetKind}:${target}` });
		await tx.execute(sql`update notification n set read_at = now() from item i
			left join item up on up.id = i.parent_id left join item top on top.id = up.parent_id
			where n.person_id = ${viewer.id} and n.read_at is null and n.choice = 'self' and i.id = n.item_id
				and case when n.kind = 'item.new' then not ${isFollowed(viewer)}
					else ${targetKind} = 'item' and n.page_id::text = ${target}
						and not coalesce(${viewer.id}::uuid = any(array[i.author_id, up.author_id, top.author_id]), false) end`);
	});

/** Whether the new item `i` is still in something that the viewer follows. */
const isFollowed = (viewer: Viewer) => sql`exists (select from follow f where f.person_id = ${viewer.id}
	and ((f.target_kind = 'space' and f.target = i.space_id::text) or (f.target_kind = 'tag' and f.target = any(i.tags))
		or (f.target_kind = 'person' and f.target = i.author_id::text and not coalesce(i.anonymous, false))))`;

/** Follows for somebody who has just written what is to be followed. */
export async function watch(tx: Db, personId: string, { targetKind, target }: FollowTarget): Promise<void> {
	const of = { about: 'follow', target: `${targetKind}:${target}` } as const;
	// One statement: everybody who asks or answers waits for it.
	await tx.execute(sql`with made as (
			insert into follow (person_id, target_kind, target) values (${personId}, ${targetKind}, ${target})
			on conflict do nothing returning target
		) ${optIn(personId, of, sql`made`)}`);
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
