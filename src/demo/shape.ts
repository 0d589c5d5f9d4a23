import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';

/** What the example organisation is made of. Content files hold nothing but this. */

export interface DemoPerson {
	/** How content names them, and their address before the @. */
	key: string;
	name: string;
	headline: string;
	askMeAbout: string[];
	timeZone: string;
	language?: string;
	/** Minutes after midnight, where it is not nine to five. */
	workStart?: number;
	workEnd?: number;
	workDays?: number[];
	/** On leave now: until so many days from today, with a word for colleagues. */
	leave?: { days: number; word: string };
	role?: 'admin' | 'community_manager' | 'learning_adviser' | 'people_manager';
}

/** Days ago, and the time of the author's own day: `12 09:40`. Moved into their working hours. */
export type At = string;
/** How long after what it belongs to: `25m`, `3h`, `2d`. Moved into working hours as well. */
export type After = string;

export interface DemoComment {
	by: string;
	after: After;
	body: string;
}

/** Who it helped, minutes saved, and what it changed at work. */
export type DemoHelped = [who: string, minutes?: number, note?: string];

export interface DemoOutdated {
	by: string;
	after: After;
	note: string;
}

export interface DemoAnswer {
	by: string;
	after: After;
	body: string;
	/** How long after the answer the asker accepted it. */
	accepted?: After;
	helped?: DemoHelped[];
	comments?: DemoComment[];
	outdated?: DemoOutdated;
}

export interface DemoQuestion {
	/** Only where another one names it. */
	key?: string;
	by: string;
	at: At;
	title: string;
	body: string;
	tags: string[];
	anonymous?: boolean;
	answers?: DemoAnswer[];
	comments?: DemoComment[];
	follows?: string[];
	/** The question it repeats, by key, and who saw that. */
	duplicate?: { of: string; by: string; after: After };
	/** Who asked for more, and what is missing. */
	needsInfo?: { by: string; after: After; note: string };
}

export interface DemoPage {
	by: string;
	at: At;
	title: string;
	body: string;
	tags: string[];
	/** Later versions: what stood there and what stands there now. */
	edits?: { by: string; after: After; from: string; to: string; note: string }[];
	helped?: DemoHelped[];
	comments?: DemoComment[];
	outdated?: DemoOutdated;
}

/** Something of the library: how it is made is said by its content file, with the room's own command. */
export interface DemoThing {
	/** The space it stands in, by its address. */
	space: string;
	by: string;
	at: At;
	/** @returns the item's id */
	make: (tx: Db, viewer: Viewer, spaceId: string) => Promise<string>;
	helped?: DemoHelped[];
	comments?: DemoComment[];
	outdated?: DemoOutdated;
	/** What else was done with it, by the room's own commands. */
	more?: { by: string; after: After; act: (tx: Db, viewer: Viewer, id: string) => Promise<unknown> }[];
}

export interface DemoSpace {
	slug: string;
	name: string;
	purpose: string;
	kind: 'organisation' | 'team' | 'community' | 'interest';
	access: 'open' | 'closed' | 'secret';
	allowAnonymous?: boolean;
	stewards: string[];
	members: string[] | 'everyone';
	/** Who came later than the space, and how many days ago. */
	joined?: Record<string, number>;
	/** What its stewards promise to whoever asks: of a hundred questions so many, within so many working hours. */
	promise?: { share: 50 | 90; hours: number };
	questions: DemoQuestion[];
	pages?: DemoPage[];
}
