import type { Away } from '#src/core/people/words.ts';

/** Somebody who may know the answer, and why. */
export interface Expert {
	id: string;
	name: string;
	image: string | null;
	headline: string;
	/** "answered 4 questions on till": goes on from the name. */
	reason: string;
	/** Asked by name already, for this question. */
	asked: boolean;
	/** On leave: only who was asked before is shown then. */
	away: Away | null;
}
