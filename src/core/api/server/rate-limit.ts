/** How often one caller may call: a bucket that holds `burst` calls and refills at `perMinute`. */
export interface Limit {
	burst: number;
	perMinute: number;
}

export interface Allowance {
	allowed: boolean;
	remaining: number;
	/** Seconds until the next call is allowed, or until the bucket is full. */
	resetSeconds: number;
}

const MOST_CALLERS = 50_000;

/**
 * A token bucket per caller, in the memory of this process: with n web processes a
 * caller may reach n times the limit, which is enough to keep one from starving others.
 */
export class RateLimiter {
	readonly limit: Limit;
	readonly #buckets = new Map<string, { tokens: number; at: number }>();

	constructor(limit: Limit) {
		this.limit = limit;
	}

	/** Takes one call from the caller's bucket. @param now milliseconds */
	take(caller: string, now = Date.now()): Allowance {
		const { burst, perMinute } = this.limit;
		const perMs = perMinute / 60_000;
		const bucket = this.#buckets.get(caller) ?? { tokens: burst, at: now };
		const tokens = Math.min(burst, bucket.tokens + (now - bucket.at) * perMs);
		const allowed = tokens >= 1;
		const left = allowed ? tokens - 1 : tokens;
		this.#buckets.delete(caller);
		this.#buckets.set(caller, { tokens: left, at: now });
		if (this.#buckets.size > MOST_CALLERS) this.#forgetOldest();
		const missing = allowed ? burst - left : 1 - left;
		return { allowed, remaining: Math.floor(left), resetSeconds: Math.ceil(missing / perMs / 1000) };
	}

	#forgetOldest(): void {
		const oldest = this.#buckets.keys().next();
		if (!oldest.done) this.#buckets.delete(oldest.value);
	}
}
