import type { ItemRow, ItemView } from '#src/core/items/post.ts';
import type { CauseAnswer, CauseName } from './causes.ts';
import type { Evidence } from './evidence/evidence.ts';
import type { RestsView } from './rests/rests.ts';
import type { Costs, PathCosts, Worth } from './worth.ts';

export interface Named {
	id: string;
	name: string;
}

/** A cause as it was looked at. */
export interface CauseView {
	cause: CauseName;
	answer: CauseAnswer;
	shows: string;
	/** Who wrote it last. */
	by: string;
	version: number;
}

/** What could be done, with what it comes to. */
export interface PathView extends PathCosts {
	id: string;
	cause: CauseName;
	title: string;
	about: string;
	quick: boolean;
	chosen: boolean;
	version: number;
	worth: Worth;
	/** The verdict as a sentence. */
	words: string;
}

/** What an analysis came to, as it was recorded. */
export interface ConclusionContent {
	title: string;
	happens: string;
	who: string;
	wanted: string;
	figure: string;
	costs: Costs;
	/** Money a year; null where it was not known. */
	yearly: number | null;
	causes: { cause: CauseName; answer: CauseAnswer; shows: string }[];
	/** Quick fixes first; those that were not chosen stand there too. */
	paths: (PathCosts & Pick<PathView, 'cause' | 'title' | 'about' | 'quick' | 'chosen' | 'words'>)[];
	noQuick: string;
	summary: string;
}

export interface Conclusion {
	/** What a check that is asked of people refers to. */
	id: string;
	number: number;
	/** `leave`: the problem is not worth anything being done, or goes away by itself. */
	decision: 'act' | 'leave';
	/** Only then may people be asked to pass a check because of it. */
	lacksKnowledge: boolean;
	content: ConclusionContent;
	by: Named;
	at: string;
}

/** A need as it is read. */
export interface NeedView extends ItemView {
	who: string;
	wanted: string;
	figure: string;
	costs: Costs;
	yearly: number | null;
	editors: Named[];
	/** Whether the viewer works it out. */
	canWork: boolean;
	/** What it came to last; null while it is being worked out. */
	conclusion: Conclusion | null;
	/** What that rests on, as it was then; null before, and for those recorded before this was kept. */
	rests: RestsView | null;
	evidence: Evidence[];
}

/** The analysis as those who work it out see it. */
export interface Analysis {
	id: string;
	title: string;
	who: string;
	costs: Costs & { noQuick: string; version: number };
	yearly: number | null;
	causes: CauseView[];
	/** Quick fixes first, then by what they cost in the first year. */
	paths: PathView[];
	editors: Named[];
	evidence: Evidence[];
	/** What still stands in the way of a conclusion, in sentences. */
	open: string[];
	conclusion: Conclusion | null;
	/** Whether anything differs from the conclusion. */
	isChanged: boolean;
}

export interface NeedRow extends ItemRow {
	who: string;
	yearly: number | null;
	currency: string;
	/** How many of the six causes were looked at. */
	looked: number;
	decision: 'act' | 'leave' | null;
}
