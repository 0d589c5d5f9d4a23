import type { QuestionContent, QuestionType } from '../question.ts';

/** A bank in a list of those one writes. */
export interface BankName {
	id: string;
	title: string;
	/** The space it belongs to. */
	space: string;
	/** Those that can be drawn. */
	questions: number;
}

/** What somebody can do who answers its questions right. */
export interface ObjectiveView {
	id: string;
	title: string;
	/** Questions that can be drawn, and those still being written. */
	ready: number;
	drafts: number;
}

/** A bank as those see it who write its questions. */
export interface BankView {
	id: string;
	title: string;
	space: { id: string; slug: string; name: string };
	objectives: ObjectiveView[];
	/** The checks that draw from it. */
	checks: { id: string; title: string }[];
	/** Questions without an objective: never drawn. */
	loose: number;
}

export const questionStates = ['draft', 'ready', 'retired'] as const;
export type QuestionState = (typeof questionStates)[number];

/** A question in the list of its bank. */
export interface QuestionLine {
	id: string;
	type: QuestionType;
	/** The beginning of what it asks, without marks. */
	asks: string;
	objectiveId: string | null;
	state: QuestionState;
	version: number;
	/** Whether it leads to a part of the content. */
	mapped: boolean;
	updatedAt: string;
}

/** A question with its key, for those who write it. */
export interface QuestionView {
	id: string;
	bankId: string;
	objectiveId: string | null;
	state: QuestionState;
	version: number;
	content: QuestionContent;
	updatedAt: string;
	/** Where it was brought from. */
	provenance: { source: string; id: string } | null;
}
