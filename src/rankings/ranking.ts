import type { ItemRow, ItemView } from '#src/core/items/post.ts';

export const statuses = ['nominating', 'voting', 'closed'] as const;
export type RankingStatus = (typeof statuses)[number];

export const statusLabels: Record<RankingStatus, string> = {
	nominating: 'Takes nominations',
	voting: 'Open for votes',
	closed: 'Vote is closed'
};

/** Where something serves those who name it. */
export const contexts = ['own_work', 'learning', 'teaching', 'together'] as const;
export type Context = (typeof contexts)[number];

export const contextLabels: Record<Context, string> = {
	own_work: 'Personal productivity',
	learning: 'Professional learning and development',
	teaching: 'Education and training',
	together: 'Workforce collaboration'
};

/** Of fewer ballots no result is shown: it would tell what single people chose. */
export const FEWEST_BALLOTS = 5;

/** Why somebody names a tool. */
export interface Nomination {
	id: string;
	person: { id: string; name: string };
	why: string;
	context: Context;
	mine: boolean;
}

/** Something that can be voted for. */
export interface Nominee {
	tool: { id: string; name: string };
	nominations: Nomination[];
}

/** How a tool stands against the edition before: `back` was in an earlier one, not in the last. */
export type Move = 'up' | 'down' | 'same' | 'new' | 'back';

/** A line of a result. */
export interface Placed {
	/** Equal results share a place, and the next place is left out: 1, 2, 2, 4. */
	place: number;
	tied: boolean;
	toolId: string;
	name: string;
	points: number;
	/** How many ballots name it. */
	ballots: number;
	move: Move;
	/** Its place in the edition before; null where it was not in it. */
	was: number | null;
}

/** A result as it is frozen with each release. */
export interface ResultContent {
	title: string;
	year: number;
	ballots: number;
	/** So many choices a ballot could hold. */
	most: number;
	/** So many places it shows. */
	places: number;
	/** The edition it is compared with; null for the first. */
	comparedWith: { id: string; year: number; hash: string } | null;
	entries: Placed[];
	/** What was in the edition before and is not in this one. */
	off: { toolId: string; name: string; was: number }[];
	/** What is told of a release after the first; empty for the first. */
	note: string;
}

export interface Release {
	number: number;
	hash: string;
	/** ISO 8601. */
	releasedAt: string;
	content: ResultContent;
}

/** A ranking on its page. */
export interface RankingView extends ItemView {
	year: number;
	/** `closed` from the day after the last on. */
	status: RankingStatus;
	most: number;
	places: number;
	/** `2030-03-12`; null where no day is set. */
	closesOn: string | null;
	seriesId: string;
	/** Other years of the series, the newest first. */
	editions: { id: string; year: number }[];
	nominees: Nominee[];
	ballots: number;
	/** Whether the viewer has voted; what they chose is not known. */
	voted: boolean;
	canVote: boolean;
	canCurate: boolean;
	/** The newest release; null before the first. */
	release: Release | null;
	/** All of them, the newest first. */
	releases: { number: number; hash: string; releasedAt: string }[];
	/** How often its page was opened; nobody's name is kept. */
	opened: number;
}

/** A ranking in a list of them. */
export interface RankingRow extends ItemRow {
	year: number;
	status: RankingStatus;
	released: boolean;
	voted: boolean;
}

/** A tool over the years. */
export interface ToolView {
	id: string;
	name: string;
	/** What else counts as it, by name. */
	names: string[];
	/** What it counts as; null where it stands for itself. */
	countsAs: { id: string; name: string } | null;
	/** The newest edition. */
	ranking: { id: string; title: string };
	/** Where it stood, the newest first. */
	history: {
		rankingId: string;
		year: number;
		place: number;
		tied: boolean;
		points: number;
		ballots: number;
		move: Move;
	}[];
	/** Why people named it, the newest first. */
	nominations: (Omit<Nomination, 'mine'> & { year: number })[];
	/** What was merged of it and into it, and taken back, the newest first. */
	merges: Merge[];
	/** How often its page was opened; nobody's name is kept. */
	opened: number;
	canCurate: boolean;
	/** What it could be merged into, for those who look after the ranking. */
	others: { id: string; name: string }[];
}

/** Two names that are one thing: who said so and why, and who took it back. Times are ISO 8601. */
export interface Merge {
	tool: { id: string; name: string };
	into: { id: string; name: string };
	why: string;
	by: string;
	at: string;
	undone: { by: string; at: string } | null;
}

/** "▲ 3" and the like, with what it says to those who hear it. */
export function moveInWords({ move, was, place }: Pick<Placed, 'move' | 'was' | 'place'>): {
	mark: string;
	words: string;
} {
	if (move === 'new') return { mark: 'new', words: 'new' };
	if (move === 'back') return { mark: 'back', words: 'back again' };
	if (move === 'same') return { mark: '=', words: 'as before' };
	const by = Math.abs(was! - place);
	return { mark: `${move === 'up' ? '▲' : '▼'} ${by}`, words: `${move} ${by} ${by === 1 ? 'place' : 'places'}` };
}
