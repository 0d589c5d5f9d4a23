import type { Answer } from '../answer.ts';
import type { QuestionType } from '../question.ts';

/** A piece of a question as it is answered: named by where it stands, so that no name tells what is right. */
export interface Piece {
	name: string;
	html: string;
	/** The same without marks. */
	text: string;
}

/** What has to be filled in of a form. */
export interface ShownField {
	name: string;
	label: string;
	kind: 'text' | 'number' | 'date' | 'choice';
	options: string[];
}

/** A question as it is put to somebody: without its key, in an order drawn by lot. */
export interface ShownQuestion {
	id: string;
	type: QuestionType;
	promptHtml: string;
	multiple: boolean;
	/** Options, things to order, or the left ones to match. */
	pieces: Piece[];
	/** What can be matched, or the units that may be used. */
	words: string[];
	image: { src: string; alt: string } | null;
	form: { title: string; fields: ShownField[] } | null;
	accepts: 'file' | 'link' | 'either' | null;
	/** What is looked for in what is shown; empty for other types. */
	rubric: { criterion: string; levels: string[] }[];
	/** In the names of its pieces; null while nothing was answered. */
	answer: Answer | null;
	/** The name of an uploaded file. */
	fileName: string | null;
}

/** What to read again: a piece of the content, with its address. */
export interface PartLink {
	href: string;
	title: string;
	label: string;
}

/** What a question came to, for the one who answered it. */
export interface QuestionResult extends ShownQuestion {
	points: number | null;
	right: boolean;
	late: boolean;
	/** What somebody may know who has passed: empty for others. */
	saidHtml: string[];
	parts: PartLink[];
	/** What the reviewer said. */
	noteHtml: string;
	/** Where to ask about it. */
	ask: string;
}

export interface AttemptHead {
	id: string;
	check: { id: string; title: string; minutes: number };
	number: number;
	state: 'open' | 'in_review' | 'passed' | 'failed';
	revision: number;
	/** Seconds that are left by the clock of the job, counted here; null where it has none. */
	left: number | null;
	clock: string | null;
}

export type AttemptView = AttemptHead &
	(
		| { state: 'open'; questions: ShownQuestion[] }
		| {
				state: 'in_review' | 'passed' | 'failed';
				questions: QuestionResult[];
				points: number | null;
				most: number;
				passPercent: number;
				/** Exactly the parts behind what was not right, each once. */
				parts: PartLink[];
				givenBack: number;
		  }
	);

/** An attempt in the list of one's own at a check. */
export interface AttemptLine {
	id: string;
	number: number;
	state: AttemptHead['state'];
	/** When it was begun, or handed in. */
	at: string;
}

/** Something that waits to be looked at. */
export interface ReviewLine {
	/** The attempt. */
	id: string;
	title: string;
	person: string;
	/** When it was handed in. */
	since: string;
}

/** What somebody showed, for the one who looks at it. */
export interface ReviewView {
	id: string;
	check: { id: string; title: string };
	person: string;
	questions: {
		id: string;
		promptHtml: string;
		rubric: { key: string; criterion: string; levels: { label: string; points: number }[] }[];
		shown: { file: { href: string; name: string } | null; url: string; noteHtml: string };
		judged: { levels: Record<string, number>; note: string } | null;
	}[];
}
