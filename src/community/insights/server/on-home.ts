import type { Viewer } from '#src/core/access/server/viewer.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { canTend } from '../../server/policy.ts';
import { NEW_DAYS } from '../insight.ts';
import { clockOf } from './clock.ts';
import { firstPosts } from './first-posts.ts';

/** Somebody new whose first words wait, for Home. */
export interface NewcomerWaiting {
	slug: string;
	space: string;
	name: string;
	/** Whole working days of the viewer. */
	days: number;
}

/** Of more spaces than this Home does not look. */
const MOST_SPACES = 20;

/**
 * The newcomer who has waited longest for a reply to their first words, more than one of the viewer's working days, in
 * the spaces they look after, and are in or share: one at most, so that it is no list to work off.
 */
export async function newcomerWaiting(db: Db, viewer: Viewer, now = new Date()): Promise<NewcomerWaiting | undefined> {
	const tended = [...new Set([...viewer.memberships.keys(), ...viewer.tended])]
		.filter((spaceId) => canTend(viewer, { spaceId }))
		.slice(0, MOST_SPACES);
	if (tended.length === 0) return undefined;
	const at = sql`${now.toISOString()}::timestamptz`;
	const waiting = await rows<{ slug: string; space: string; name: string; created_at: string }>(
		db,
		sql`select s.slug, s.name as space, post.name, post.created_at
			from (${firstPosts(tended, now, NEW_DAYS)}) post join space s on s.id = post.space_id and s.archived_at is null
			left join item up on up.id = post.parent_id
			join item root on root.id = coalesce(up.parent_id, post.parent_id, post.id) and root.state = 'open'
			where post.replied_at is null and post.person_id <> ${viewer.id}
				and not exists (select 1 from community_hush h where h.person_id = ${viewer.id} and h.space_id = s.id
					and (h.until is null or h.until > ${at}))
			order by post.created_at limit 1`
	);
	const [longest] = waiting;
	if (!longest) return undefined;
	const clock = await clockOf(db, viewer, now);
	const days = Math.floor(clock.worked(longest.created_at) / clock.dayMinutes);
	return days < 1 ? undefined : { slug: longest.slug, space: longest.space, name: longest.name, days };
}
