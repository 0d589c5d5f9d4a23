import { reckonAllWaits } from '#src/ask/server/waits.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { addCommunity } from './community.ts';
import { addFeeds, removeFeeds } from './feeds.ts';
import { addPeople, addSpaces, isHere, removeDemo } from './organisation.ts';
import { addReached } from './reached.ts';
import { schedule } from './schedule.ts';
import { settle, stamp } from './stamp.ts';
import { addWork } from './work.ts';

export interface DemoCounts {
	people: number;
	spaces: number;
	items: number;
}

/**
 * Fills the example organisation: who works there, their spaces, and sixty days of asking
 * and answering. Each step is taken in the order in which it happened and by the same
 * commands that pages use, then stamped with its time. All of it or nothing.
 * @param options again: take an earlier example away first
 * @throws Failure conflict when it is here already
 */
export async function fillDemo(db: Db, { now = new Date(), again = false } = {}): Promise<DemoCounts> {
	return db.transaction(async (tx) => {
		if (await isHere(tx)) {
			if (!again)
				throw conflict('The example organisation is here already. With --again it is taken away and filled anew.');
			await removeDemo(tx);
			await removeFeeds(tx);
		}
		const begin = new Date(now.getTime() - 90 * 86_400_000);
		const cast = await addPeople(tx, begin, now);
		const places = await addSpaces(tx, cast, begin, now);
		const steps = await schedule(tx, places, cast, now);
		for (const { at, run } of steps) await stamp(tx, at, await run(tx));
		await addFeeds(tx, places, cast, now);
		await addWork(tx, cast, now);
		await addCommunity(tx, places, cast);
		await settle(tx, cast, now);
		await addReached(tx, places, now);
		await reckonAllWaits(tx);
		await emit(tx, 'items.imported', { source: 'demo' });
		return count(tx, cast);
	});
}

async function count(tx: Db, cast: Map<string, string>): Promise<DemoCounts> {
	const authors = sql.param(`{${[...cast.values()].join(',')}}`);
	const found = await row<DemoCounts>(
		tx,
		sql`select count(*)::int as items, count(distinct space_id)::int as spaces, cardinality(${authors}::uuid[]) as people
			from item where author_id = any(${authors}::uuid[])`
	);
	return found!;
}
