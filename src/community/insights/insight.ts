/** Nothing is told of fewer people than this. */
export const FEWEST = 5;

/** Who joined within so many days is new. */
export const NEW_DAYS = 30;

/** How far back first posts and their replies are looked at. */
export const FIRST_DAYS = 90;

/** So many of a list are shown; the rest is counted. */
export const SHOWN = 10;

/** Questions shown at once; with the first of them stands who could be asked, which takes a while to find. */
export const QUESTIONS_SHOWN = 5;
export const WITH_PEOPLE = 3;

/** How far back it is looked at who writes what is useful about a topic. */
export const TOPIC_DAYS = 180;

/** A topic hangs on one person who wrote so many of a hundred. */
export const TOPIC_SHARE = 70;
export const TOPICS_SHOWN = 5;

/** How far back it is looked at what reading solved. */
export const READER_DAYS = 90;
export const PAGES_SHOWN = 5;

/** What so many read is looked at, and helps few when fewer than one in so many said that it helped. */
export const MANY_READERS = 20;
export const HELPS_ONE_IN = 20;

const STEPS = [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, MANY_READERS];

/** How many read is told in steps: the one a number has reached. */
export const stepOf = (readers: number): number => STEPS.find((step) => readers >= step) ?? 0;

/** Within how long first posts got their first reply; null where too few posted, or too many still wait. */
export interface ReplyTimes {
	/** People whose first post was written in the last 90 days; null for fewer than five. */
	people: number | null;
	p50Minutes: number | null;
	p90Minutes: number | null;
}

/** Something written that nobody has replied to. */
export interface Waiting {
	id: string;
	kind: string;
	title: string;
	href: string;
	at: string;
	/** Working time that has passed, in minutes, by the viewer's own hours; at most that of the last 60 days. */
	workMinutes: number;
}

/** A question without a useful answer. */
export interface OpenQuestion extends Waiting {
	answers: number;
	/** It waits for its asker to say more. */
	needsInfo: boolean;
}

export interface Unanswered {
	questions: OpenQuestion[];
	inAll: number;
}

/** Somebody who may know an answer, as the room of questions suggests them. */
export interface Suggested {
	id: string;
	name: string;
	/** "answered 4 questions on till" */
	reason: string;
	asked: boolean;
}

/** Something that helped people who wrote nothing beneath it. */
export interface SolvedPage {
	id: string;
	kind: string;
	title: string;
	href: string;
	people: number;
	/** Minutes it saved them; null where fewer than five said how many. */
	minutes: number | null;
	/** It stands in a collection already. */
	isFeatured: boolean;
}

/** Something that many read and that helps few. */
export interface WeakPage {
	id: string;
	kind: string;
	title: string;
	href: string;
	/** So many people or more, in steps. */
	readers: number;
	author: { id: string; name: string; isHere: boolean; isYou: boolean };
	/** When its author was asked to improve it, in the last 30 days. */
	askedAt: string | null;
}

export interface Readers {
	/** Who said that something helped and wrote nothing here; null for fewer than five. */
	quiet: { people: number; minutes: number | null } | null;
	solved: SolvedPage[];
	weak: WeakPage[];
}

/** A topic whose useful answers and articles come from one person. */
export interface Topic {
	tag: string;
	/** Useful answers and articles of the last 180 days, and how many of them are theirs. */
	useful: number;
	byOne: number;
	/** `isHere`: still in the organisation, and may read the space. */
	person: { id: string; name: string; isHere: boolean; isYou: boolean };
	/** How many others have ever answered about it here under their name. */
	others: number;
	/** When they were asked to write it down, and when a second was sought, in the last 30 days. */
	askedToWriteAt: string | null;
	soughtAt: string | null;
	/** How many were asked to be a second; null for fewer than five. */
	asked: number | null;
	/** Who said that they would be. */
	yes: { id: string; name: string }[];
}

/** A newcomer's first post without a reply. */
export interface FirstPost extends Waiting {
	person: { id: string; name: string };
}

/** Somebody new whom nobody has welcomed. */
export interface Newcomer {
	id: string;
	name: string;
	image: string | null;
	headline: string;
	joinedAt: string;
}

export interface Newcomers {
	/** How many joined in the last 30 days, and how many of them were welcomed. */
	joined: number;
	welcomed: number;
	toWelcome: Newcomer[];
	times: ReplyTimes;
	/** The longest waiting first. */
	waiting: FirstPost[];
	waitingInAll: number;
}

/** Whether Home tells the viewer of newcomers of a space whose first words wait. */
export interface OnHome {
	shown: boolean;
	/** When it is shown again; null where it is, or is not for good. */
	againAt: string | null;
}

/** The welcome that somebody got to a space. */
export interface WelcomeView {
	by: { id: string; name: string; image: string | null };
	line: string;
	at: string;
}

/** What a newcomer is told unless whoever welcomes them writes something else. */
export const welcomeLine = (name: string, space: string) =>
	`Welcome to ${space}, ${name.trim().split(/\s+/)[0]}. Ask here whatever you need: somebody knows, or finds out with you.`;
