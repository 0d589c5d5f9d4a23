import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, sql, type SQL } from '#src/platform/server/db.ts';

/** The subscriptions somebody reads: their own, and those of their spaces that they have not put away. */
export const readBy = (viewer: Viewer): SQL =>
	sql`(s.person_id = ${viewer.id} or (s.space_id = any(${array([...viewer.memberships.keys()], 'uuid')})
		and not exists (select from feed_mute m where m.subscription_id = s.id and m.person_id = ${viewer.id} and m.until > now())))`;

/** The story a post (`p`) belongs to for somebody: its own where they, or those who look after a space, said so. */
export const storyOf = (viewer: Viewer): SQL =>
	sql`case when exists (select from feed_apart a where a.own_id = p.own_id and a.person_id = ${viewer.id})
		then p.own_id else p.entry_id end`;
