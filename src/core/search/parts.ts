/** A named piece of an item: a heading. */
export interface PartName {
	/** What leads to it, without the `#`. */
	id: string;
	label: string;
}

/** What an item can be pointed into. */
export interface PartsOfItem {
	id: string;
	kind: string;
	title: string;
	headings: PartName[];
	/** How many pages and slides it has; 0 for what has none. */
	pages: number;
	slides: number;
	/** Whether it has a film, whose times can be named. */
	film: boolean;
}
