import { lt } from 'drizzle-orm';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { Limit, Report } from './rate-limit.ts';
import { apiUse } from './schema.ts';

/** Reports to the table that all web processes share. */
export function shareUse(db: Db, { perMinute }: Limit): Report {
	return async (used) => {
		// In one order, so that two processes never wait for each other.
		const callers = [...used.keys()].sort();
		const seconds = callers.map((caller) => String((used.get(caller)! * 60) / perMinute));
		const found = await rows<{ caller: string; ms: number }>(
			db,
			sql`insert into api_use as u (caller, full_at)
				select caller, now() + seconds * interval '1 second'
					from unnest(${array(callers, 'uuid')}, ${array(seconds, 'text')}::float8[]) as given (caller, seconds)
				on conflict (caller) do update
					set full_at = greatest(u.full_at, now()) + (excluded.full_at - now())
				returning caller, extract(epoch from full_at - now())::float8 * 1000 as ms`
		);
		return new Map(found.map(({ caller, ms }) => [caller, ms]));
	};
}

/** Forgets callers whose allowance is whole. */
export async function forgetUse(db: Db): Promise<void> {
	await db.delete(apiUse).where(lt(apiUse.fullAt, sql`now()`));
}
