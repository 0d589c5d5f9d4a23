import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { politely } from '#src/platform/server/polite.ts';
import type { Fetch } from '#src/platform/server/safe-fetch.ts';
import { eq } from 'drizzle-orm';
import { log } from '#src/platform/server/log.ts';
import { checkFeed } from './check.ts';
import { feed } from './schema.ts';

/** Feeds under way at once, each of another host. */
const IN_FLIGHT = 20;
/** Seconds for which a host may pause between two looks; one that rests longer is passed over. */
const PAUSE = 5;
/** Minutes after which a look that never ended is taken up again. */
const LEASE = 5;

/**
 * Looks at all feeds that are due, one at a time of each host, in as many processes as there are.
 * @param until no new look begins after this time (milliseconds)
 * @returns how many were looked at
 */
export async function checkDue(db: Db, until: number, fetch: Fetch = politely(db)): Promise<number> {
	let looked = 0;
	const waiting: string[] = [];
	const work = async () => {
		while (Date.now() < until) {
			if (waiting.length === 0) waiting.push(...(await claim(db)));
			const id = waiting.shift();
			if (!id) return;
			await checkOne(db, id, fetch);
			looked += 1;
		}
	};
	await Promise.all(Array.from({ length: IN_FLIGHT }, work));
	// What was claimed and not begun is for the next round.
	await release(db, waiting);
	return looked;
}

/** One feed that cannot be written down must not hold up the others. */
async function checkOne(db: Db, id: string, fetch: Fetch): Promise<void> {
	try {
		const [before] = await db.select().from(feed).where(eq(feed.id, id));
		if (before) await checkFeed(db, before, fetch);
	} catch (error) {
		log.error({ feed: id, error: (error as Error).message }, 'a feed could not be checked');
	} finally {
		await release(db, [id]);
	}
}

/** Takes feeds that are due, at most one of each host that nobody is asking just now. */
async function claim(db: Db): Promise<string[]> {
	return db.transaction(async (tx) => {
		await tx.execute(sql`select pg_advisory_xact_lock(hashtext('feed round'))`);
		const taken = await rows<{ id: string }>(
			tx,
			sql`update feed set busy_until = now() + make_interval(mins => ${LEASE})
				where id in (
					select id from (
						select distinct on (host) id, next_check_at from feed f
						where next_check_at <= now() and state <> 'gone'
							and not exists (select from feed b where b.host = f.host and b.busy_until > now())
							and not exists (select from web_host h where h.host = f.host and h.free_at > now() + make_interval(secs => ${PAUSE}))
						order by host, next_check_at
					) due order by next_check_at limit ${4 * IN_FLIGHT}
				) returning id`
		);
		return taken.map(({ id }) => id);
	});
}

async function release(db: Db, ids: string[]): Promise<void> {
	for (const id of ids) await db.update(feed).set({ busyUntil: null }).where(eq(feed.id, id));
}
