import type { ItemView } from '#src/core/items/post.ts';

/** Where an imported page stood in its tree. */
export interface PagePlace {
	/** The folders above it; the folder's own page, where it has one. */
	path: { name: string; pageId: string | null }[];
	/** The pages beside it in the same folder, itself included; empty where there is none. */
	beside: { id: string; title: string }[];
	/** Who wrote it where it comes from. */
	writtenBy: string | null;
}

/** A page as it is read. */
export type PageView = ItemView & PagePlace;
