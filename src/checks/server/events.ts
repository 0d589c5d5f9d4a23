declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** An attempt was settled: what was asked of the person ends in the same transaction. */
		'check.passed': { attemptId: string; itemId: string; personId: string };
		'check.failed': { attemptId: string; itemId: string; personId: string };
		/** A part of it waits for the judgement of a person. */
		'check.in_review': { attemptId: string; itemId: string; personId: string };
		/** Somebody asks about a check: whoever helps with it, and whoever wrote the part it leads to, hears of it. */
		'check.help_wanted': { itemId: string; askedId: string; actorId: string };
	}
}

export {};
