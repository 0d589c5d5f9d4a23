import type { Placed } from '../ranking.ts';

/** A line of the contents of a Guide, which all who read the ranking see. */
export interface GuideLine {
	toolId: string;
	name: string;
	/** Its place in the newest list; null where it is not in it. */
	place: number | null;
	tied: boolean;
	written: boolean;
	/** Whether its entry is open to all who read the ranking. */
	sample: boolean;
	/** Whether the viewer may read its entry. */
	canRead: boolean;
}

/** An edition as the page of the Guide tells of it. */
export interface EditionLine {
	id: string;
	number: number;
	name: string;
	/** ISO 8601. */
	issuedAt: string;
	/** The list it belongs to, by its year and the hash of its release. */
	list: { rankingId: string; year: number; hash: string };
	/** SHA-256 of its content and of its PDF; the latter null until it is made. */
	hash: string;
	pdfHash: string | null;
	pages: number | null;
	failed: boolean;
	canGet: boolean;
}

/** Somebody's time with the Guide; days are `2030-03-12`. */
export interface AccessLine {
	id: string;
	person: { id: string; name: string };
	from: string;
	until: string;
	running: boolean;
}

export interface GuideView {
	ranking: { id: string; title: string; spaceId: string };
	/** Null before it is begun. */
	space: { id: string; name: string; slug: string } | null;
	/** Whether the space is another than the ranking's, so that reading needs membership or a time of access. */
	isApart: boolean;
	lines: GuideLine[];
	editions: EditionLine[];
	/** The viewer's own times. */
	mine: AccessLine[];
	canRead: boolean;
	canWrite: boolean;
	canCurate: boolean;
	/** Whether the viewer lets people in: stewards of its space. */
	canLetIn: boolean;
	/** Everybody's times, and who could be let in; for those who do. */
	access: AccessLine[];
	people: { id: string; name: string }[];
	/** Where it could stand, for whoever begins it. */
	spaces: { id: string; name: string }[];
}

/** What stands in an edition. */
export interface GuideContent {
	title: string;
	number: number;
	name: string;
	/** `2030-03-12`. */
	issuedOn: string;
	/** Whose Guide it is: the space of the ranking. */
	by: string;
	list: { title: string; year: number; hash: string; ballots: number };
	entries: GuideEntry[];
	/** What is in the list and has no entry yet. */
	unwritten: string[];
}

export interface GuideEntry {
	toolId: string;
	name: string;
	/** What else counts as it. */
	names: string[];
	/** Where it stands in the list; null where it is not in it. */
	standing: Pick<Placed, 'place' | 'tied' | 'points' | 'ballots' | 'move' | 'was'> | null;
	/** Its text, and the same rendered and sanitised when it was written. */
	text: string;
	html: string;
	version: number;
	/** Who wrote it, in the order in which they first did. */
	writers: string[];
}
