import { expect, test } from 'vitest';
import { RateLimiter } from './rate-limit.ts';

test('a caller may spend the burst, then waits for the refill; others are not touched', () => {
	const limiter = new RateLimiter({ burst: 3, perMinute: 60 });
	const first = [0, 0, 0, 0].map((now) => limiter.take('a', now));
	expect(first.map(({ allowed }) => allowed)).toEqual([true, true, true, false]);
	expect(first[3]).toEqual({ allowed: false, remaining: 0, resetSeconds: 1 });
	expect(limiter.take('b', 0).allowed).toBe(true);
	expect(limiter.take('a', 999).allowed).toBe(false);
	expect(limiter.take('a', 1000).allowed).toBe(true);
});
