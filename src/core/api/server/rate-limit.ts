/** How often one caller may call: `burst` calls at once, and `perMinute` on average. */
export interface Limit {
	burst: number;
	perMinute: number;
}

export interface Allowance {
	allowed: boolean;
	remaining: number;
	/** Seconds until the next call is allowed, or until the allowance is whole. */
	resetSeconds: number;
}

/**
 * Tells others what callers have used, and learns what they used there.
 * @param used calls a caller has made here since the last report
 * @returns how many milliseconds until each caller's allowance is whole again, all processes taken together
 */
export type Report = (used: ReadonlyMap<string, number>) => Promise<ReadonlyMap<string, number>>;

interface Use {
	/** When the allowance is whole again, in milliseconds. */
	fullAt: number;
	/** Calls that the other processes do not know of yet. */
	untold: number;
}

const MOST_CALLERS = 50_000;
const REPORT_MS = 1_000;
/** A caller who makes more calls than this part of the burst between two reports waits for one. */
const UNTOLD_PART = 0.1;

/**
 * An allowance per caller that holds over all processes. Each decides by what it knows, and
 * once a second tells all that was used in one statement, whatever the number of calls and
 * callers. Who calls faster waits for a report of their own every tenth of the burst, so with
 * n processes a caller gets at most `(n - 1) * burst / 10` calls more at once, and none more
 * on average: what was too much is owed.
 */
export class RateLimiter {
	readonly limit: Limit;
	readonly #uses = new Map<string, Use>();
	/** Callers with something untold. */
	readonly #untold = new Set<string>();
	/** Whether a report is on its way already. */
	#told = false;
	#reporting: Promise<void> | undefined;

	constructor(limit: Limit) {
		this.limit = limit;
	}

	/**
	 * Takes one call from the caller's allowance.
	 * @param report without it, only what is used here counts
	 * @param now milliseconds
	 */
	async take(caller: string, report?: Report, now = Date.now()): Promise<Allowance> {
		const use = this.#useOf(caller, now);
		while (report && use.untold >= this.limit.burst * UNTOLD_PART) await this.#tell(report);
		const allowance = this.#allowanceOf(use, now);
		if (!allowance.allowed) return allowance;
		use.fullAt = Math.max(use.fullAt, now) + this.#msPerCall;
		if (!report) return allowance;
		use.untold += 1;
		this.#untold.add(caller);
		this.#tellSoon(report);
		return allowance;
	}

	get #msPerCall(): number {
		return 60_000 / this.limit.perMinute;
	}

	/** Moved to the end, so that the first is the one longest not seen. */
	#useOf(caller: string, now: number): Use {
		const use = this.#uses.get(caller) ?? { fullAt: now, untold: 0 };
		this.#uses.delete(caller);
		this.#uses.set(caller, use);
		if (this.#uses.size > MOST_CALLERS) this.#forget(this.#uses.keys().next().value!);
		return use;
	}

	#forget(caller: string): void {
		this.#uses.delete(caller);
		this.#untold.delete(caller);
	}

	#allowanceOf({ fullAt }: Use, now: number): Allowance {
		const owed = Math.max(0, fullAt - now) / this.#msPerCall;
		const left = this.limit.burst - owed;
		const allowed = left >= 1;
		const missing = allowed ? owed + 1 : 1 - left;
		return {
			allowed,
			remaining: Math.max(0, Math.floor(allowed ? left - 1 : left)),
			resetSeconds: Math.ceil((missing * this.#msPerCall) / 1000)
		};
	}

	#tellSoon(report: Report): void {
		if (this.#told) return;
		this.#told = true;
		setTimeout(() => {
			this.#told = false;
			// What could not be told stays untold, and is told with what comes next.
			this.#tell(report).catch(() => {});
		}, REPORT_MS).unref();
	}

	/** One report at a time: who comes meanwhile waits for it. */
	#tell(report: Report): Promise<void> {
		this.#reporting ??= this.#tellNow(report).finally(() => (this.#reporting = undefined));
		return this.#reporting;
	}

	async #tellNow(report: Report): Promise<void> {
		const told = [...this.#untold].flatMap((caller) => {
			const use = this.#uses.get(caller);
			return use ? [{ caller, use, calls: use.untold }] : [];
		});
		if (told.length === 0) return;
		const known = await report(new Map(told.map(({ caller, calls }) => [caller, calls])));
		for (const { caller, use, calls } of told) {
			use.untold -= calls;
			if (use.untold === 0) this.#untold.delete(caller);
			use.fullAt = Date.now() + (known.get(caller) ?? 0) + use.untold * this.#msPerCall;
		}
	}
}
