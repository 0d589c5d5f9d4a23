import type { Author } from '#src/core/items/author.ts';

/** A comment as its page shows it; times are ISO 8601. */
export interface CommentView {
	id: string;
	author: Author;
	bodyHtml: string;
	createdAt: string;
	canEdit: boolean;
}

/** What a question and an answer have in common on their page. */
export interface PostView {
	id: string;
	author: Author;
	bodyHtml: string;
	createdAt: string;
	/** Null while it stands as first written. */
	editedAt: string | null;
	version: number;
	state: 'open' | 'archived';
	helpedCount: number;
	helpedMinutes: number;
	/** What the viewer did with it. */
	mine: { helped: boolean; bookmarked: boolean; flagged: boolean };
	/** Open "outdated" flags. */
	flags: number;
	canEdit: boolean;
	comments: CommentView[];
}

export interface AnswerView extends PostView {
	accepted: boolean;
	/** The duplicate this was given to, where it was given to one. */
	givenTo: string | null;
}

export type QuestionStatus = 'open' | 'needs_info' | 'answered' | 'duplicate';

export interface QuestionView extends PostView {
	title: string;
	tags: string[];
	status: QuestionStatus;
	duplicateOf: string | null;
	duplicates: { id: string; title: string }[];
	space: { id: string; slug: string; name: string };
	answers: AnswerView[];
	following: boolean;
	followers: number;
	canSettle: boolean;
	canWrite: boolean;
}

/** A question in a list. */
export interface QuestionRow {
	id: string;
	title: string;
	excerpt: string;
	author: Author;
	space: { slug: string; name: string };
	tags: string[];
	status: QuestionStatus;
	answerCount: number;
	helpedCount: number;
	createdAt: string;
	activeAt: string;
}

/** A question much like one that is being written. */
export interface SimilarQuestion {
	id: string;
	title: string;
	answerCount: number;
	solved: boolean;
}
