import type { Author } from '#src/core/items/author.ts';
import type { ItemRow, ItemView } from '#src/core/items/post.ts';

/** What an attempt asks of one objective. */
export interface Draw {
	objectiveId: string;
	title: string;
	/** How many of its questions an attempt draws; fewer where there are not so many. */
	draws: number;
	/** Questions that can be drawn. */
	ready: number;
}

/** Something that helps, with its address. */
export interface Support {
	id: string;
	title: string;
	href: string;
}

/** Who said that a check is valid, and when. */
export interface SignOff {
	by: { id: string; name: string };
	at: string;
	note: string;
	/** How many questions were signed. */
	questions: number;
	/** Whether nothing has changed since. */
	current: boolean;
}

/** What is special to a check, as everybody who may read it sees it: nothing of it gives an answer away. */
export interface CheckFacts {
	minutes: number;
	contentMinutes: number;
	passPercent: number;
	/** The clock of the job itself, where it has one. */
	job: { seconds: number; clock: string } | null;
	objectives: Draw[];
	/** How many questions an attempt has. */
	questions: number;
	/** What of its content the viewer may read. */
	content: ItemRow[];
	support: { expert: Author | null; thread: Support | null; faq: Support | null };
	/** The newest sign-off on its validity. */
	signOff: SignOff | null;
	maySignOff: boolean;
	/** The bank, for those who write its questions. */
	bankId: string | null;
}

export type CheckView = ItemView & CheckFacts;

/** A check in a list. */
export type CheckRow = ItemRow & { minutes: number; questions: number };
