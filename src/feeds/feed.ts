import type { Acted } from './rule.ts';

/** How a feed does: not read yet, well, not readable for now, gone for good. */
export type FeedState = 'waiting' | 'live' | 'failing' | 'gone';

/** Sound or film that comes with an entry. */
export interface Media {
	url: string;
	/** Media type. */
	type: string;
	/** Null where it is not told. */
	seconds: number | null;
}

/** A feed as its reader sees it. */
export interface SubscriptionView {
	id: string;
	feedId: string;
	title: string;
	folder: string;
	/** The feed itself. */
	url: string;
	/** The page it belongs to; empty where there is none. */
	siteUrl: string;
	state: FeedState;
	/** Why it cannot be read, for people. */
	problem: string;
	/** How often it is looked at, and why. */
	pace: string;
	/** ISO 8601; null before the first look. */
	checkedAt: string | null;
	nextCheckAt: string;
	unread: number;
	/** The space it is read in; null for one's own. */
	space: { id: string; name: string; slug: string } | null;
	/** Whether the viewer may name it anew or end it. */
	canEdit: boolean;
	/** Put away by the viewer: until when (ISO 8601), or for good. */
	mutedUntil: string | null;
}

/** An entry in a list. */
export interface EntryLine {
	id: string;
	title: string;
	/** The page it leads to; empty where there is none. */
	url: string;
	author: string;
	excerpt: string;
	/** Minutes it takes to read; 0 where the feed holds no text. */
	minutes: number;
	/** When its feed says that it was published (ISO 8601); null where it does not, or not believably. */
	publishedAt: string | null;
	/** Why its date was not taken. */
	oddDate: string;
	foundAt: string;
	isRead: boolean;
	media: Media[];
	/** Where it was told, the first teller first. */
	sources: { subscriptionId: string; title: string }[];
	/** Why it stands where it stands. */
	why: string;
	/** The rules that did something with it. */
	rules: Acted[];
}

/** Who told a story, and how. */
export interface Telling {
	/** What the feed itself said. */
	id: string;
	subscriptionId: string;
	/** The feed. */
	feed: string;
	title: string;
	url: string;
	/** It joined a story that another feed had told, and can be taken out again. */
	joined: boolean;
}

/** An entry as it is read. */
export interface EntryView extends EntryLine {
	/** Sanitised, without pictures. */
	html: string;
	tags: string[];
	/** The text is that of its page, read there when a reader asked for it; null where it is what the feed said. */
	whole: { url: string; readAt: string } | null;
	tellings: Telling[];
	/** It stood under another story, and was taken out by the viewer or for all. */
	apart: 'me' | 'all' | null;
	/** The viewer looks after a space that reads it: what they say of its story holds for all. */
	canPartForAll: boolean;
}

/** What a list of feeds came to. */
export interface Brought {
	/** Feeds that are read from now on. */
	added: number;
	/** Those that were read already. */
	there: number;
	/** What could not be taken, and why. */
	refused: string[];
}

/** A feed that others around the viewer read by themselves. */
export interface Suggestion {
	title: string;
	url: string;
	/** The page it belongs to; empty where there is none. */
	siteUrl: string;
	description: string;
	/** Who reads it: people of a space, or of the same line of work. */
	kind: 'space' | 'work';
	/** That of the space, or of the work. */
	name: string;
	/** So many at least; five or more. */
	readers: number;
}
