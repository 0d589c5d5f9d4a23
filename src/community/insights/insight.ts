/** Nothing is told of fewer people than this. */
export const FEWEST = 5;

/** Who joined within so many days is new. */
export const NEW_DAYS = 30;

/** How far back first posts and their replies are looked at. */
export const FIRST_DAYS = 90;

/** So many of a list are shown; the rest is counted. */
export const SHOWN = 10;

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

/** The welcome that somebody got to a space. */
export interface WelcomeView {
	by: { id: string; name: string; image: string | null };
	line: string;
	at: string;
}

/** What a newcomer is told unless whoever welcomes them writes something else. */
export const welcomeLine = (name: string, space: string) =>
	`Welcome to ${space}, ${name.trim().split(/\s+/)[0]}. Ask here whatever you need: somebody knows, or finds out with you.`;
