import { isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { FeedState, SubscriptionView } from '../feed.ts';
import { paceInWords } from '../pace.ts';
import { pushedNow } from './push/state.ts';
import { listed } from './stream.ts';

interface Row {
	id: string;
	feed_id: string;
	title: string;
	folder: string;
	url: string;
	site_url: string;
	state: FeedState;
	problem: string;
	gap_minutes: number;
	rest_minutes: number;
	pushed: boolean;
	checked_at: string | null;
	next_check_at: string;
	unread: number;
	space_id: string | null;
	space_name: string | null;
	space_slug: string | null;
	muted_until: string | null;
}

/** The viewer's feeds and those of their spaces, also what they have put away, by folder and name. */
export async function mySubscriptions(db: Db, viewer: Viewer): Promise<SubscriptionView[]> {
	const found = await rows<Row>(
		db,
		sql`with ${listed(viewer, { show: 'unread' })}, waiting as (
				select (source ->> 'subscriptionId')::uuid as id, count(*)::int as unread
				from line cross join lateral json_array_elements(line.sources) source group by 1
			)
			select s.id, s.feed_id, coalesce(nullif(s.title, ''), f.title) as title, s.folder, f.url, f.site_url, f.state, f.problem,
				f.gap_minutes, f.rest_minutes, ${pushedNow} as pushed, f.checked_at,
				greatest(f.next_check_at, (select h.free_at from web_host h where h.host = f.host)) as next_check_at, coalesce(w.unread, 0) as unread,
				s.space_id, space.name as space_name, space.slug as space_slug,
				(select m.until::text from feed_mute m where m.subscription_id = s.id and m.person_id = ${viewer.id} and m.until > now()) as muted_until
			from feed_subscription s join feed f on f.id = s.feed_id
			left join space on space.id = s.space_id left join waiting w on w.id = s.id
			where s.person_id = ${viewer.id} or s.space_id = any(${array([...viewer.memberships.keys()], 'uuid')})
			order by space.name nulls first, s.folder, lower(coalesce(nullif(s.title, ''), f.title)), s.id`
	);
	return found.map((each) => presentSubscription(viewer, each));
}

function presentSubscription(viewer: Viewer, found: Row): SubscriptionView {
	const { space_id: spaceId, muted_until: muted } = found;
	return {
		...{ id: found.id, feedId: found.feed_id, title: found.title, folder: found.folder, url: found.url },
		...{ siteUrl: found.site_url, state: found.state, problem: found.problem, unread: found.unread },
		pace: paceInWords({ gapMinutes: found.gap_minutes, restMinutes: found.rest_minutes, pushed: found.pushed }),
		checkedAt: found.checked_at ? iso(found.checked_at) : null,
		nextCheckAt: iso(found.next_check_at),
		space: spaceId ? { id: spaceId, name: found.space_name!, slug: found.space_slug! } : null,
		canEdit: !spaceId || isSteward(viewer, spaceId),
		mutedUntil: muted === null ? null : muted === 'infinity' ? 'for good' : iso(muted)
	};
}
