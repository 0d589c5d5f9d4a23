import type { Part } from '#src/core/items/difference.ts';
import type { ItemView } from '#src/core/items/post.ts';

/** What became of an entry's source since it was last looked at. */
export interface SourceChange {
	/** Nothing is accepted any more: there is no new text to take. */
	gone: boolean;
	/** From the text here to the text there. */
	parts: Part[];
}

export interface FaqEntry {
	id: string;
	question: string;
	answerHtml: string;
	/** The question it comes from, where the viewer may read it. */
	source: { id: string; title: string } | null;
	/** For those who edit the FAQ. */
	answerMd: string | null;
	change: SourceChange | null;
}

export interface FaqView extends ItemView {
	introHtml: string;
	entries: FaqEntry[];
}

/** An FAQ the viewer may add to. */
export interface FaqChoice {
	id: string;
	title: string;
	holds: boolean;
}
