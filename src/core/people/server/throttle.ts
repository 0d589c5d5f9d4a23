import { eq } from 'drizzle-orm';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { tooMany } from '#src/platform/server/errors.ts';
import { throttle } from './auth-schema.ts';

/** At most `attempts` within `minutes`. */
export interface Rule {
	attempts: number;
	minutes: number;
}

/**
 * Counts an attempt and refuses it once there were too many, for all processes together.
 * @param key what is counted: `sign-in:<address>` or the like
 * @throws Failure too_many with the seconds to wait
 */
export async function countAttempt(db: Db, key: string, { attempts, minutes }: Rule): Promise<void> {
	const counted = await row<{ attempts: number; seconds: number }>(
		db,
		sql`insert into throttle (key, attempts, window_ends_at)
			values (${key.slice(0, 300)}, 1, now() + make_interval(mins => ${minutes}))
			on conflict (key) do update set
				attempts = case when throttle.window_ends_at < now() then 1 else throttle.attempts + 1 end,
				window_ends_at = case when throttle.window_ends_at < now() then excluded.window_ends_at else throttle.window_ends_at end
			returning attempts, ceil(extract(epoch from window_ends_at - now()))::int as seconds`
	);
	if (counted && counted.attempts > attempts) {
		const wait = Math.max(1, Math.ceil(counted.seconds / 60));
		throw tooMany(`Too many attempts. Try again in ${wait} ${wait === 1 ? 'minute' : 'minutes'}.`, counted.seconds);
	}
}

/** Starts again from zero, after a success. */
export async function forgetAttempts(db: Db, key: string): Promise<void> {
	await db.delete(throttle).where(eq(throttle.key, key.slice(0, 300)));
}
