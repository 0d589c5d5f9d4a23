import { array, sql, type SQL } from '#src/platform/server/db.ts';

/** What somebody new writes and hopes for a reply to. */
const POSTS = ['question', 'answer', 'comment', 'story', 'request', 'page'];

const before = (now: Date, days: number) => sql`${now.toISOString()}::timestamptz - make_interval(days => ${days})`;

/** Active members who joined in so many days; who looks after the space is not new to it. */
export const joinedIn = (spaces: readonly string[], now: Date, days: number) => sql`
	from space_member m join person p on p.id = m.person_id and p.deactivated_at is null
	where m.space_id = any(${array(spaces, 'uuid')}) and m.role = 'member' and m.joined_at > ${before(now, days)}
		and m.joined_at <= ${now.toISOString()}::timestamptz`;

/**
 * The first post of each who joined in so many days, and when somebody else first replied: beneath it, by saying that
 * it helped, or by accepting it. What was written without a name, or came from elsewhere, is left out.
 */
export const firstPosts = (spaces: readonly string[], now: Date, days: number): SQL => sql`
	select n.person_id, n.name, n.space_id, f.*, (
			select min(at) from (
				select min(r.created_at) as at from item r
				where r.parent_id = case when f.kind = 'comment' then f.parent_id else f.id end
					and (f.kind <> 'comment' or r.kind = 'comment')
					and r.author_id <> n.person_id and r.state <> 'removed' and r.created_at > f.created_at
				union all select min(h.created_at) from helped h where h.item_id = f.id and h.person_id <> n.person_id
				union all select greatest(q.useful_at, f.created_at) from question q where q.item_id = f.parent_id and q.accepted_answer_id = f.id
			) reply where at <= ${now.toISOString()}::timestamptz
		) as replied_at
	from (select m.space_id, m.person_id, m.joined_at, p.name ${joinedIn(spaces, now, days)}) n
	cross join lateral (
		select i.id, i.kind, i.parent_id, i.title, i.created_at from item i
		where i.author_id = n.person_id and i.space_id = n.space_id and i.kind = any(${array(POSTS, 'text')})
			and i.state = 'open' and not i.anonymous and i.provenance is null
			and i.created_at >= n.joined_at and i.created_at <= ${now.toISOString()}::timestamptz
		order by i.created_at, i.id limit 1
	) f`;
