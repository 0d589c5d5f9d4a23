import type { ItemRow, ItemView } from '#src/core/items/post.ts';

/** What a collection by rule takes in: everything that fits all that is named. */
export interface Rule {
	kinds: string[];
	tags: string[];
	spaceId: string | null;
	/** Null also where the space is not open to the viewer. */
	space: { slug: string; name: string } | null;
	/** How many colleagues it helped at least. */
	helped: number;
}

export interface Entry extends ItemRow {
	/** Why it is here; empty in collections by rule. */
	note: string;
}

export interface CollectionView extends ItemView {
	/** Null where the entries were chosen by hand. */
	rule: Rule | null;
	entries: Entry[];
}

/** A collection the viewer may add to. */
export interface CollectionChoice {
	id: string;
	title: string;
	space: string;
	/** Whether it holds the item already. */
	holds: boolean;
}
