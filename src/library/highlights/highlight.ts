import type { ItemRow } from '#src/core/items/post.ts';

/** An item, and how many colleagues it helped in the last 30 days. */
export interface Helpful extends ItemRow {
	marks: number;
}
