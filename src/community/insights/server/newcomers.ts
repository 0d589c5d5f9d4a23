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
	const [joined, toWelcome, times, waiting] = await Promise.all([
		countJoined(db, spaceId, now),
		notWelcomed(db, viewer, spaceId, now),
		replyTimes(db, spaceId, now),
		stillWaiting(db, viewer, spaceId, now, clock)
	]);
	return { ...joined, toWelcome, times, ...waiting };
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

/** Those that still wait count as longer than all others, so a quantile that lies among them is not known. */
async function replyTimes(db: Db, spaceId: string, now: Date): Promise<Newcomers['times']> {
	const found = await row<{ people: number; p50: number | null; p90: number | null }>(
		db,
		sql`with first as (select extract(epoch from replied_at - created_at) / 60 as minutes from (${firstPosts([spaceId], now, FIRST_DAYS)}) post)
			select count(*)::int as people,
				percentile_disc(0.5) within group (order by coalesce(minutes, 'infinity')) as p50,
				percentile_disc(0.9) within group (order by coalesce(minutes, 'infinity')) as p90
			from first`
	);
	const { people, p50, p90 } = found!;
	if (people < FEWEST) return { people: null, p50Minutes: null, p90Minutes: null };
	return { people, p50Minutes: known(p50), p90Minutes: known(p90) };
}

const known = (minutes: number | null) =>
	minutes !== null && Number.isFinite(Number(minutes)) ? Math.max(0, Number(minutes)) : null;

interface WaitingRow {
	person_id: string;
	name: string;
	id: string;
	kind: string;
	created_at: string;
	root_id: string;
	root_kind: string;
	root_title: string;
	in_all: number;
}

async function stillWaiting(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	now: Date,
	clock: Clock
): Promise<{ waiting: FirstPost[]; waitingInAll: number }> {
	const found = await rows<WaitingRow>(
		db,
		sql`with post as materialized (${firstPosts([spaceId], now, FIRST_DAYS)})
			select post.person_id, post.name, post.id, post.kind, post.created_at, root.id as root_id, root.kind as root_kind,
				root.title as root_title, (count(*) over ())::int as in_all
			from post left join item up on up.id = post.parent_id
			join item root on root.id = coalesce(up.parent_id, post.parent_id, post.id)
			where post.replied_at is null and post.person_id <> ${viewer.id} and root.state = 'open'
			order by post.created_at, post.id limit ${SHOWN}`
	);
	const waiting = found.map((line) => ({
		...{ id: line.id, kind: line.kind, title: line.root_title, at: iso(line.created_at) },
		href: itemAddress({ id: line.id, kind: line.kind, rootId: line.root_id, rootKind: line.root_kind }),
		person: { id: line.person_id, name: line.name },
		workMinutes: clock.worked(line.created_at)
	}));
	return { waiting, waitingInAll: found[0]?.in_all ?? 0 };
}
