import type { Kept } from '../kept.ts';

/** What a question is written with. */
export interface Writing {
	kept: Kept;
	/** A text with marks, as an element's inside. */
	text(markdown: string): string;
	changed(reason: string): void;
}

/** What is special to the type of a question. */
export interface Body {
	type: string;
	/** The inside of the question's text. */
	prompt: string;
	rest: string;
}
