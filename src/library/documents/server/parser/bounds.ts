/** What a file may cost to read. What is beyond is left out, and said. */
export const bounds = {
	/** Bytes of a file that is read at all. */
	file: 100 * 1024 ** 2,
	/** Pages; fewer of a file with so many that finding each takes long. */
	pages: 2_000,
	many: 20_000,
	pagesOfMany: 200,
	/** Seconds of the processor after which a reader that can stop does. */
	seconds: 60,
	/** Characters of text kept of one file. */
	text: 8_000_000,
	/** Elements within each other. */
	depth: 200,
	/** Cells of all sheets together, and columns of one. */
	cells: 200_000,
	columns: 60,
	/** Characters of one paragraph or cell: what is longer is parted, or cut. */
	block: 8_000,
	cell: 2_000,
	/** Characters of a section without headings before the next begins. */
	section: 6_000,
	headings: 600
};

/** Enough was read: what there is so far is kept. */
export class Enough extends Error {}
