import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { Suggestion } from '../feed.ts';

/** What fewer people read by themselves is their own business. */
const FEWEST = 5;
/** Numbers are told in steps, so that none gives away who began or ended. */
const STEPS = [5, 10, 20, 50, 100, 200, 500, 1000];
const MOST = 12;

/**
 * Feeds that the viewer does not read yet and at least five others do who share a space or the line of work with them:
 * by themselves, each for one reason. Where all others of a group read it, that would tell of each, and is not told.
 */
export async function suggestFeeds(db: Db, viewer: Viewer): Promise<Suggestion[]> {
	const spaces = array([...viewer.memberships.keys()], 'uuid');
	const found = await rows<Omit<Suggestion, 'readers'> & { count: number }>(
		db,
		sql`with around as (
				select 'space' as kind, s.id as circle, s.name, m.person_id
				from space_member m join space s on s.id = m.space_id join person p on p.id = m.person_id
				where m.space_id = any(${spaces}) and p.id <> ${viewer.id} and p.deactivated_at is null
				union all
				select 'work', me.id, me.headline, p.id from person me join person p on lower(p.headline) = lower(me.headline)
				where me.id = ${viewer.id} and me.headline <> '' and p.id <> me.id and p.deactivated_at is null
			), circle as (
				select circle, count(*) as size from around group by circle
			), reader as (
				select s.feed_id, a.circle, a.kind, a.name, count(*)::int as count
				from feed_subscription s join around a on a.person_id = s.person_id group by s.feed_id, a.circle, a.kind, a.name
			), best as (
				select distinct on (feed_id) feed_id, kind, name, count from reader join circle using (circle)
				where count >= ${FEWEST} and count < size order by feed_id, count desc, size, kind, name
			)
			select f.title, f.url, f.site_url as "siteUrl", f.description, best.kind, best.name, best.count
			from best join feed f on f.id = best.feed_id
			where f.state = 'live' and not exists (select from feed_subscription s where s.feed_id = f.id
				and (s.person_id = ${viewer.id} or s.space_id = any(${spaces})))
			order by best.count desc, f.title, f.id limit ${MOST}`
	);
	return found.map(({ count, ...feed }) => ({ ...feed, readers: STEPS.findLast((step) => step <= count)! }));
}
