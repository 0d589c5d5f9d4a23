import type { Author } from './author.ts';

/** A comment as its page shows it; times are ISO 8601. */
export interface CommentView {
	id: string;
	author: Author;
	bodyHtml: string;
	createdAt: string;
	canEdit: boolean;
}

/** What every item has in common on the page that shows it. */
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
	/** What the viewer did with it; by which id they keep it for themselves. */
	mine: { helped: boolean; kept: string | null; flagged: boolean };
	/** Open "outdated" flags. */
	flags: number;
	canEdit: boolean;
	comments: CommentView[];
}

/** What a thread came to. */
export interface OutcomeView {
	id: string;
	author: Author;
	bodyHtml: string;
	/** As it was written, for whoever may change it; empty for others. */
	bodyMd: string;
	at: string;
}

/** An item that another was made from. */
export interface Relative {
	kind: string;
	title: string;
	href: string;
}

/** An item with a page of its own: what stands at the head of that page. */
export interface ItemView extends PostView {
	title: string;
	tags: string[];
	space: { id: string; slug: string; name: string };
	following: boolean;
	followers: number;
	/** Null while the thread is open. */
	outcome: OutcomeView | null;
	madeFrom: Relative[];
	/** What was made from it. */
	ledTo: Relative[];
	/** Whether the viewer may comment, and write beside it in its space. */
	canWrite: boolean;
}

/** An item in a list. */
export interface ItemRow {
	id: string;
	kind: string;
	title: string;
	excerpt: string;
	author: Author;
	space: { slug: string; name: string };
	tags: string[];
	helpedCount: number;
	createdAt: string;
	activeAt: string;
}
