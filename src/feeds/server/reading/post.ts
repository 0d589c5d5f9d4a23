import type { Media } from '../../feed.ts';

/** What a feed says of itself, whatever its format. */
export interface FeedRead {
	format: 'rss' | 'atom' | 'rdf' | 'json';
	title: string;
	description: string;
	/** BCP 47, as far as it says. */
	language: string;
	/** The page it belongs to. */
	siteUrl: string;
	/** The address it gives as its own. */
	selfUrl: string;
	/** Where new posts are pushed from (WebSub). */
	hubUrl: string;
	/** Minutes it asks to be left alone; 0 where it does not say. */
	restMinutes: number;
	/** In its order. */
	posts: Post[];
}

/** One thing it has said. */
export interface Post {
	/** Tells it from the others of its feed, also after its title or address has changed. */
	guid: string;
	/** The page it leads to; empty where there is none. */
	url: string;
	title: string;
	author: string;
	/** Sanitised, without pictures; empty where the feed holds none. */
	html: string;
	publishedAt: Date | null;
	/** Why its date is not taken as it stands; empty where it is. */
	oddDate: string;
	/** Sound or film that comes with it. */
	media: Media[];
	tags: string[];
	/** A hash of it as it came. */
	raw?: string;
	/** It came as it is known: its title and text are not read again, and empty. */
	isKnown?: true;
}

/** The names of posts by the hash of how they came. */
export type KnownPosts = ReadonlyMap<string, string>;

/** A post as a format's reader finds it, not cleaned yet. */
export interface RawPost {
	guid?: string;
	url?: string;
	title?: string;
	author?: string;
	/** The whole text or, where there is none, its summary. */
	html?: string;
	date?: string;
	media?: { url?: string; type?: string; seconds?: number }[];
	tags?: (string | undefined)[];
	/** What relative addresses start from. */
	base?: string;
}

/** A feed as a format's reader finds it. */
export interface RawFeed {
	format: FeedRead['format'];
	title?: string;
	description?: string;
	language?: string;
	siteUrl?: string;
	selfUrl?: string;
	hubUrl?: string;
	restMinutes?: number;
	base?: string;
	posts: RawPost[];
}
