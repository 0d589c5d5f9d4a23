import type { Author } from '#src/core/items/author.ts';

/** A page as it is read; times are ISO 8601. */
export interface PageView {
	id: string;
	title: string;
	bodyHtml: string;
	author: Author;
	space: { slug: string; name: string };
	tags: string[];
	state: 'open' | 'archived';
	version: number;
	createdAt: string;
	/** Null while it stands as first written. */
	editedAt: string | null;
	helpedCount: number;
	helpedMinutes: number;
	/** What the viewer did with it. */
	mine: { helped: boolean; bookmarked: boolean; flagged: boolean };
	flags: number;
	canEdit: boolean;
	canWrite: boolean;
	/** Where an imported page stood in its tree; the folder's own page, where it has one. */
	path: { name: string; pageId: string | null }[];
	/** The pages beside it in the same folder, itself included; empty where there is none. */
	beside: { id: string; title: string }[];
	comments: PageComment[];
}

export interface PageComment {
	id: string;
	author: Author;
	bodyHtml: string;
	createdAt: string;
	canEdit: boolean;
}
