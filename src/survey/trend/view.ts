import type { Interval } from '#src/platform/statistics/proportions.ts';

/** A share in one edition. */
export interface Point {
	chosen: number;
	n: number;
	share: number;
	interval: Interval;
}

/** How the last edition differs from the one before it. */
export interface Change {
	/** Of the later share less the earlier. */
	difference: number;
	interval: Interval;
	/** Adjusted for all lines of the question. */
	p: number;
}

/** One share over the editions; a point is null where it cannot be told. */
export interface Line {
	label: string;
	points: (Point | null)[];
	change: Change | null;
}

export interface TrendQuestion {
	key: string;
	label: string;
	/** What the shares are of, where it is not said by the lines. */
	counts: string;
	lines: Line[];
}

/** A survey over its editions. */
export interface TrendView {
	id: string;
	title: string;
	edition: string;
	/** The oldest first; without an id where it was published elsewhere. */
	editions: { id: string | null; label: string; n: number }[];
	questions: TrendQuestion[];
}
