import type { ItemRow, ItemView, PostView } from '#src/core/items/post.ts';

export interface AnswerView extends PostView {
	accepted: boolean;
	/** The duplicate this was given to, where it was given to one. */
	givenTo: string | null;
}

export type QuestionStatus = 'open' | 'needs_info' | 'answered' | 'duplicate';

export interface QuestionView extends ItemView {
	status: QuestionStatus;
	duplicateOf: string | null;
	duplicates: { id: string; title: string }[];
	answers: AnswerView[];
	/** Whether the viewer may accept an answer and merge it with another. */
	canSettle: boolean;
}

/** A question in a list. */
export interface QuestionRow extends ItemRow {
	status: QuestionStatus;
	answerCount: number;
}

/** A question much like one that is being written. */
export interface SimilarQuestion {
	id: string;
	title: string;
	answerCount: number;
	solved: boolean;
}
