/** What the text of a file is made of. Plain data: it is shown by a component, never as HTML of its own. */
export type Block =
	| { kind: 'heading'; level: number; text: string }
	| { kind: 'text'; text: string }
	| { kind: 'item'; level: number; text: string }
	| { kind: 'table'; head: boolean; rows: string[][] }
	| { kind: 'code'; text: string }
	/** What the speaker says beside a slide. */
	| { kind: 'notes'; text: string }
	/** A picture is only told of, by its description. */
	| { kind: 'picture'; text: string };

/** What a file consists of: "page" of a PDF, "section" of a text. */
export type Unit = 'page' | 'slide' | 'sheet' | 'section';

/** A page, a slide, a stretch of a sheet or of a text. */
export interface Part {
	no: number;
	/** `page-12`: the id it has in the page, and so where a link leads. */
	anchor: string;
	/** "Page 12", "Slide 3", or the heading. */
	locator: string;
	title: string;
	blocks: Block[];
}

export interface Heading {
	title: string;
	level: number;
	/** The part it leads to. */
	no: number;
}

/** A line of the table of contents. */
export interface Contents {
	title: string;
	level: number;
	/** What leads from the item's address to it: "#page-12". */
	suffix: string;
}

/** A stretch of a long document that is read at once: "Pages 1–30". */
export interface View {
	label: string;
	suffix: string;
}

export type DocumentState = 'waiting' | 'reading' | 'read' | 'unreadable';

/** The text of a file as its page shows it: one view of it. */
export interface DocumentView {
	state: DocumentState;
	/** Why it could not be read: a sentence. */
	reason: string;
	/** What a reader should know: that macros were not run, that it was read in part. */
	notes: string[];
	/** "PDF", "Word". */
	format: string;
	unit: Unit;
	partCount: number;
	headings: Contents[];
	parts: (Part & { picture: string | null })[];
	/** Which of the views this is, from 1. */
	view: number;
	views: View[];
}

/** The words of a block, for search and for the API. */
export function wordsOfBlock(block: Block): string {
	return block.kind === 'table' ? block.rows.map((row) => row.join(' | ')).join('\n') : block.text;
}

/** The words of a part, a paragraph a line. */
export const textOf = ({ blocks }: Pick<Part, 'blocks'>): string => blocks.map(wordsOfBlock).join('\n');

/** What leads from the item's address to a part of its text. */
export const suffixOf = (anchor: string, view: number): string => (view > 1 ? `?view=${view}#${anchor}` : `#${anchor}`);
