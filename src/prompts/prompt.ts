import type { ItemRow, ItemView } from '#src/core/items/post.ts';

/** Somebody's entry; times are ISO 8601. */
export interface Entry {
	id: string;
	person: { id: string; name: string };
	answer: string;
	why: string;
	version: number;
	at: string;
	mine: boolean;
	/** Why it does not take part; null where it does. */
	aside: string | null;
}

/** A draw, as it never changes. */
export interface Draw {
	/** Its SHA-256 was shown while entries were taken. */
	seed: string;
	/** The entries that took part, in order of their ids. */
	entries: string[];
	/** In the order in which they were drawn. */
	winners: { entry: string; prize: string }[];
}

export type PromptStatus = 'open' | 'closed' | 'drawn';

export const statusLabels: Record<PromptStatus, string> = {
	...{ open: 'Takes entries', closed: 'Takes no more entries', drawn: 'Winners are drawn' }
};

/** A prompt on its page; days are `2030-03-12`. */
export interface PromptView extends ItemView {
	rule: string;
	closesOn: string;
	announcesOn: string | null;
	prizes: string[];
	status: PromptStatus;
	seedHash: string;
	entries: Entry[];
	drawn: Draw | null;
	canEnter: boolean;
	canCurate: boolean;
	/** Whether winners can be drawn now. */
	canDraw: boolean;
}

/** A prompt in a list of them. */
export interface PromptRow extends ItemRow {
	closesOn: string;
	status: PromptStatus;
	entries: number;
	entered: boolean;
}
