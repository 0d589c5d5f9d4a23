import type { Viewer } from '#src/core/access/server/viewer.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { FEWEST, FIRST_DAYS, NEW_DAYS, SHOWN, type FirstPost, type Newcomer, type Newcomers } from '../insight.ts';
import type { Clock } from './clock.ts';
import { firstPosts, joinedIn } from './first-posts.ts';

/**
 * Who is new in a space: who was not welcomed, how soon first posts get a reply, and which still wait.
 * What was written without a name is never looked at. Whoever asks is allowed to already.
 */
export async function readNewcomers(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	now: Date,
	clock: Clock
): Promise<Newcomers> {
	const [joined, toWelcome, replies] = await Promise.all([
		countJoined(db, spaceId, now),
		notWelcomed(db, viewer, spaceId, now),
		firstReplies(db, viewer, spaceId, now, clock)
	]);
	return { ...joined, toWelcome, ...replies };
}

const isWelcomed = sql`exists (select 1 from community_welcome w where w.space_id = m.space_id and w.person_id = m.person_id)`;

async function countJoined(db: Db, spaceId: string, now: Date): Promise<{ joined: number; welcomed: number }> {
	const found = await row<{ joined: number; welcomed: number }>(
		db,
		sql`select count(*)::int as joined, (count(*) filter (where ${isWelcomed}))::int as welcomed ${joinedIn([spaceId], now, NEW_DAYS)}`
	);
	return found!;
}

async function notWelcomed(db: Db, viewer: Viewer, spaceId: string, now: Date): Promise<Newcomer[]> {
	const found = await rows<Omit<Newcomer, 'joinedAt'> & { joined_at: string }>(
		db,
		sql`select p.id, p.name, p.image, p.headline, m.joined_at ${joinedIn([spaceId], now, NEW_DAYS)}
			and p.id <> ${viewer.id} and not ${isWelcomed} order by m.joined_at desc, p.id limit ${SHOWN}`
	);
	return found.map(({ joined_at, ...person }) => ({ ...person, joinedAt: iso(joined_at) }));
}

interface WaitingRow {
	person_id: string;
	name: string;
	id: string;
	kind: string;
	created_at: string;
	root_id: string;
	root_kind: string;
	root_title: string;
}

/**
 * How soon first posts got a reply, and those that still wait. For the times these count as longer than all others, so
 * a quantile that lies among them is not known.
 */
async function firstReplies(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	now: Date,
	clock: Clock
): Promise<Pick<Newcomers, 'times' | 'waiting' | 'waitingInAll'>> {
	const found = await row<{
		people: number;
		p50: number | null;
		p90: number | null;
		in_all: number;
		waiting: WaitingRow[] | null;
	}>(
		db,
		sql`with post as materialized (${firstPosts([spaceId], now, FIRST_DAYS)}),
			wait as (
				select post.person_id, post.name, post.id, post.kind, post.created_at, root.id as root_id, root.kind as root_kind,
					root.title as root_title
				from post left join item up on up.id = post.parent_id
				join item root on root.id = coalesce(up.parent_id, post.parent_id, post.id) and root.state = 'open'
				where post.replied_at is null and post.person_id <> ${viewer.id}
			),
			timed as (select extract(epoch from replied_at - created_at) / 60 as minutes from post)
			select count(*)::int as people,
				percentile_disc(0.5) within group (order by coalesce(minutes, 'infinity')) as p50,
				percentile_disc(0.9) within group (order by coalesce(minutes, 'infinity')) as p90,
				(select count(*)::int from wait) as in_all,
				(select json_agg(w order by w.created_at, w.id) from (select * from wait order by created_at, id limit ${SHOWN}) w) as waiting
			from timed`
	);
	const { people, p50, p90, in_all: waitingInAll, waiting } = found!;
	const times =
		people < FEWEST
			? { people: null, p50Minutes: null, p90Minutes: null }
			: { people, p50Minutes: known(p50), p90Minutes: known(p90) };
	return { times, waiting: (waiting ?? []).map((line) => presentWaiting(line, clock)), waitingInAll };
}

const known = (minutes: number | null) =>
	minutes !== null && Number.isFinite(Number(minutes)) ? Math.max(0, Number(minutes)) : null;

const presentWaiting = (line: WaitingRow, clock: Clock): FirstPost => ({
	...{ id: line.id, kind: line.kind, title: line.root_title, at: iso(line.created_at) },
	href: itemAddress({ id: line.id, kind: line.kind, rootId: line.root_id, rootKind: line.root_kind }),
	person: { id: line.person_id, name: line.name },
	workMinutes: clock.worked(line.created_at)
});
