import type { ItemRow, ItemView } from '#src/core/items/post.ts';

/** Something that shows what was wanted. */
export interface Shown extends ItemRow {
	/** Whether the viewer may take it away again. */
	canRemove: boolean;
	/** Whether it helped the viewer. */
	helped: boolean;
}

export interface RequestView extends ItemView {
	answered: boolean;
	shown: Shown[];
}

export interface RequestRow extends ItemRow {
	answered: boolean;
	/** How many things show it. */
	shownCount: number;
}
