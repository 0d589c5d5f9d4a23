import { hasOrgRole, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { wordsOf } from './words.ts';

export interface Miss {
	query: string;
	space: string | null;
	times: number;
	lastAt: Date;
}

/** Counts a search that found nothing: its words and the space it was limited to, never who searched. */
export async function logMiss(db: Db, viewer: Viewer, text: string, spaceIds: readonly string[]): Promise<void> {
	const query = wordsOf(text.slice(0, 500).toWellFormed()).join(' ').slice(0, 120);
	if (query.length < 3) return;
	const spaceId = spaceIds.length === 1 && viewer.readableSpaces.includes(spaceIds[0]!) ? spaceIds[0]! : null;
	await db.execute(sql`insert into search_miss (query, space_id) values (${query}, ${spaceId})
		on conflict (query, space_id) do update set times = search_miss.times + 1, last_at = now()`);
}

/** What was sought in vain of late, most often first: all of it for community managers and admins, a space's for its stewards. */
export async function listMisses(db: Db, viewer: Viewer): Promise<Miss[]> {
	const everywhere = hasOrgRole(viewer, 'admin') || hasOrgRole(viewer, 'community_manager');
	const looked = [...viewer.memberships.keys()].filter((id) => isSteward(viewer, id));
	const found = await rows<Omit<Miss, 'lastAt'> & { last_at: string }>(
		db,
		sql`select m.query, s.name as space, m.times, m.last_at from search_miss m left join space s on s.id = m.space_id
			where m.last_at > now() - interval '90 days'
				and (m.space_id = any(${array(looked, 'uuid')}) or (${everywhere}
					and (m.space_id is null or s.access <> 'secret' or s.id = any(${array(viewer.readableSpaces, 'uuid')}))))
			order by m.times desc, m.last_at desc limit 100`
	);
	return found.map(({ last_at, ...miss }) => ({ ...miss, lastAt: new Date(last_at) }));
}

/** Whether there is anything for this person to look after. */
export const mayListMisses = (viewer: Viewer): boolean =>
	hasOrgRole(viewer, 'admin') ||
	hasOrgRole(viewer, 'community_manager') ||
	[...viewer.memberships.values()].includes('steward');

/** Sought so often that it names nobody's own worry. */
const OFTEN = 5;

/** What many sought in vain of late, for everybody: the words alone, in spaces the viewer may read. */
export async function soughtInVain(db: Db, viewer: Viewer, limit = 8): Promise<string[]> {
	const found = await rows<{ query: string }>(
		db,
		sql`select query from search_miss
			where last_at > now() - interval '30 days' and (space_id is null or space_id = any(${array(viewer.readableSpaces, 'uuid')}))
			group by query having sum(times) >= ${OFTEN} order by sum(times) desc, query limit ${limit}`
	);
	return found.map(({ query }) => query);
}
