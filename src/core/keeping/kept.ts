/** Something kept, as its keeper sees it in a list; nobody else does. */
export interface KeptLine {
	id: string;
	/** A page of the web, an entry of a feed, an item; or something that is gone, of which the note is left. */
	what: 'page' | 'entry' | 'item' | 'gone';
	/** The kind of the item it is. */
	kind: string | null;
	title: string;
	/** Where it stands in Trellis beside what was kept; empty where it does not. */
	place: string;
	/** The page of the web; empty where there is none. */
	url: string;
	site: string;
	author: string;
	/** ISO 8601. */
	publishedAt: string | null;
	/** Minutes it takes to read; 0 where there is no text. */
	minutes: number;
	/** The space it stands in. */
	space: string | null;
	note: string;
	tags: string[];
	version: number;
	keptAt: string;
}

/** A passage one marked in it. */
export interface Highlight {
	id: string;
	exact: string;
	note: string;
	version: number;
	/** False where the text changed so much that the passage is not in it any more. */
	isFound: boolean;
	markedAt: string;
}

/** The same as it is read. */
export interface KeptView extends KeptLine {
	/** Sanitised; empty where there is none. */
	html: string;
	/** Why its page could not be read, for people. */
	problem: string;
	/** Its page is being read. */
	isWaiting: boolean;
}

/** The same with one's highlights: marked in the text, and in the order of the text. */
export interface KeptReading extends KeptView {
	highlights: Highlight[];
}
