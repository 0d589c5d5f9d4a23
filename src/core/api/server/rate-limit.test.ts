import { expect, test } from 'vitest';
import { row, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { testDatabase } from '#src/testing/database.ts';
import { RateLimiter, type Report } from './rate-limit.ts';
import { forgetUse, shareUse } from './shared-use.ts';

const { db } = await testDatabase();
const limit = { burst: 100, perMinute: 60 };
const report = shareUse(db, limit);

test('a caller may spend the burst, then waits for the refill; others are not touched', async () => {
	const limiter = new RateLimiter({ burst: 3, perMinute: 60 });
	const first = [];
	for (const now of [0, 0, 0, 0]) first.push(await limiter.take('a', undefined, now));
	expect(first.map(({ allowed }) => allowed)).toEqual([true, true, true, false]);
	expect(first.map(({ remaining }) => remaining)).toEqual([2, 1, 0, 0]);
	expect(first[3]).toEqual({ allowed: false, remaining: 0, resetSeconds: 1 });
	expect((await limiter.take('b', undefined, 0)).allowed).toBe(true);
	expect((await limiter.take('a', undefined, 999)).allowed).toBe(false);
	expect((await limiter.take('a', undefined, 1000)).allowed).toBe(true);
});

/** Calls the processes in turn until each has refused; @returns how many calls got through */
async function spend(processes: RateLimiter[], caller: string, now: number): Promise<number> {
	let through = 0;
	const open = new Set(processes);
	while (open.size > 0)
		for (const process of open) {
			const { allowed } = await process.take(caller, report, now);
			if (allowed) through += 1;
			else open.delete(process);
		}
	return through;
}

test('three processes together let through one burst, and a tenth of it more for each further process at most', async () => {
	const processes = [1, 2, 3].map(() => new RateLimiter(limit));
	const caller = newId();
	const now = Date.now();
	const through = await spend(processes, caller, now);
	expect(through).toBeGreaterThanOrEqual(100);
	expect(through).toBeLessThanOrEqual(100 + 2 * 10);
	// A process that comes new hears of it with its first report.
	const late = await spend([new RateLimiter(limit)], caller, now);
	expect(late).toBeLessThanOrEqual(10);
});

test('what was used is told once, whatever comes meanwhile', async () => {
	const told: number[] = [];
	const slow: Report = async (used) => {
		const calls = [...used.values()].reduce((sum, each) => sum + each, 0);
		await new Promise((done) => setTimeout(done, 20));
		const answer = await report(used);
		// Only what stands in the database is told.
		told.push(calls);
		return answer;
	};
	const limiter = new RateLimiter(limit);
	const caller = newId();
	const answers = await Promise.all(Array.from({ length: 60 }, () => limiter.take(caller, slow)));
	expect(answers.every(({ allowed }) => allowed)).toBe(true);
	await expect.poll(() => told.reduce((sum, calls) => sum + calls, 0), { timeout: 4000 }).toBe(60);
	expect(told.length).toBeLessThanOrEqual(8);
	const left = await row<{ s: number }>(
		db,
		sql`select extract(epoch from full_at - now())::float8 as s from api_use where caller = ${caller}`
	);
	expect(left!.s).toBeGreaterThan(50);
	expect(left!.s).toBeLessThanOrEqual(60);
});

test('what could not be told is told later', async () => {
	let broken = true;
	const told: number[] = [];
	const sometimes: Report = (used) => {
		if (broken) return Promise.reject(new Error('no database'));
		told.push(...used.values());
		return report(used);
	};
	const limiter = new RateLimiter(limit);
	const caller = newId();
	await limiter.take(caller, sometimes);
	await new Promise((done) => setTimeout(done, 1200));
	broken = false;
	await limiter.take(caller, sometimes);
	await expect.poll(() => told, { timeout: 4000 }).toEqual([2]);
});

test('callers whose allowance is whole are forgotten', async () => {
	const [whole, not] = [newId(), newId()];
	await db.execute(
		sql`insert into api_use values (${whole}, now() - interval '1 second'), (${not}, now() + interval '1 minute')`
	);
	await forgetUse(db);
	const left = await db.execute<{ caller: string }>(sql`select caller from api_use where caller in (${whole}, ${not})`);
	expect([...left].map(({ caller }) => caller)).toEqual([not]);
});
