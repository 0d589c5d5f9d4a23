import { dayInWords } from '#src/platform/day.ts';
import type { ItemRow, ItemView } from '#src/core/items/post.ts';

/** Where links are collected: of a person or of a space. */
export interface Shelf {
	id: string;
	/** The person's or the space's name. */
	name: string;
	of: 'person' | 'space';
	/** The space it belongs to; null for a person's. */
	spaceId: string | null;
}

/** A link as it was found; days are `2030-03-12`. */
export interface Find {
	id: string;
	url: string;
	title: string;
	author: string;
	site: string;
	/** When it was published; null where it is not known. */
	publishedOn: string | null;
	foundOn: string;
	foundBy: { id: string; name: string };
	note: string;
	version: number;
	/** The lists that cite it, the newest first. */
	citedIn: { id: string; month: string; published: boolean }[];
	/** Whether the viewer may put it right or take it away. */
	canEdit: boolean;
}

/** A find in a list that is being written. */
export interface PickView {
	id: string;
	find: Find;
	/** What leads on to it from the one before; Markdown, like `why`. */
	before: string;
	why: string;
	quote: string;
	/** It is here for the lesson in it, not as praise. */
	lesson: boolean;
	version: number;
	/** What is odd about its dates: to be looked at, never refused. */
	odd: string[];
}

/** A list as its curators see it. */
export interface ListDraft {
	id: string;
	shelf: Shelf;
	spaceId: string;
	/** `2030-03`. */
	month: string;
	title: string;
	opening: string;
	closing: string;
	/** How many it is meant to have: a hint. */
	wanted: number;
	version: number;
	/** ISO 8601; null before it was published. */
	publishedAt: string | null;
	picks: PickView[];
	/** Whether what is written differs from what was published last. */
	isChanged: boolean;
}

/** What stands in a list: frozen with each edition. */
export interface EditionEntry {
	url: string;
	title: string;
	author: string;
	site: string;
	publishedOn: string | null;
	foundOn: string;
	before: string;
	why: string;
	quote: string;
	lesson: boolean;
}

/** What was done to a list since it was first published. */
export interface Update {
	on: string;
	text: string;
	/** A page to follow up with; empty where there is none. */
	url: string;
	/** The address of the entry it is about; empty for the list. */
	about: string;
}

export interface EditionContent {
	title: string;
	month: string;
	/** Whose list it is. */
	by: string;
	opening: string;
	entries: EditionEntry[];
	closing: string;
	/** The oldest first. */
	updates: Update[];
}

/** The texts of an edition, rendered and sanitised when it was published. */
export interface EditionHtml {
	opening: string;
	entries: { before: string; why: string }[];
	closing: string;
}

export interface Edition {
	number: number;
	hash: string;
	publishedAt: string;
	content: EditionContent;
	html: EditionHtml;
}

/** What readers of an earlier list answered. */
export interface Pulse {
	id: string;
	title: string;
	answered: number;
	changed: number;
}

/** A published list as it is read. */
export interface ListView extends ItemView {
	shelf: Shelf;
	edition: Edition;
	/** All its editions, the newest first. */
	editions: { number: number; hash: string; publishedAt: string }[];
	canCurate: boolean;
	subscribed: boolean;
	/** Whether the reader is asked now, and what they answered. */
	ask: boolean;
	answer: boolean | null;
	/** What an earlier list of the same shelf changed, where enough have said so. */
	pulse: Pulse | null;
}

/** A published list in a list of them. */
export interface ListRow extends ItemRow {
	month: string;
	by: string;
	shelfId: string;
	entries: number;
	opening: string;
}

/** A list that waits to be published. */
export interface DraftRow {
	id: string;
	title: string;
	month: string;
	by: string;
	picked: number;
	wanted: number;
	publishedAt: string | null;
}

/** "March 2030". @param month `2030-03` */
export function monthInWords(month: string, language = 'en'): string {
	const locale = language.startsWith('en-') ? language : 'en-GB';
	const format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
	return format.format(new Date(`${month}-01T00:00:00Z`));
}

/** Who wrote it, where, and when: the facts of an entry in one line. */
export const sourceLine = ({ author, site, publishedOn }: Omit<EditionEntry, 'before' | 'why' | 'quote' | 'lesson'>) =>
	[author, site, publishedOn ? dayInWords(publishedOn) : 'no date given'].filter(Boolean).join(' · ');

/** Somebody's wish to be told of the lists of a person or a space. */
export interface Subscription {
	shelf: Shelf;
	/** ISO 8601; null where nothing is put off. */
	snoozedUntil: string | null;
}
