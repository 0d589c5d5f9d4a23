import type { ItemRow, ItemView } from '#src/core/items/post.ts';
import type { tipKinds } from './input.ts';
import type { Coming } from './rhythm.ts';

export type TipKind = (typeof tipKinds)[number];

/** What each kind is called. */
export const kindNames: Record<TipKind, string> = {
	tip: 'Tip',
	term: 'Term',
	technique: 'Technique',
	fact: 'Fact',
	figure: 'Figure'
};

export interface Named {
	id: string;
	name: string;
}

/** A tip as its authors write it. */
export interface TipDraft {
	id: string;
	kind: TipKind;
	title: string;
	body: string;
	version: number;
	/** ISO 8601; null while only its authors see it. */
	publishedAt: string | null;
	/** What keeps it from being published. */
	problems: string[];
}

/** A series as its authors write it. */
export interface DripDraft {
	id: string;
	spaceId: string;
	title: string;
	about: string;
	/** While somebody is in its middle, nothing else of its authors is sent to them. */
	alone: boolean;
	version: number;
	/** ISO 8601; null before anything of it was published. */
	publishedAt: string | null;
	/** Who writes it, who began it first. */
	authors: Named[];
	/** In the order in which they come. */
	tips: TipDraft[];
}

/** A published tip as it is read. */
export interface TipView {
	id: string;
	kind: TipKind;
	title: string;
	/** In the series as a whole empty until the reader has got it. */
	bodyHtml: string;
	version: number;
	publishedAt: string;
	/** When the reader got it first, ISO 8601; null while it is still to come. */
	seenAt: string | null;
	/** The reader said that they know it. */
	known: boolean;
}

/** A published series as it is read: its text says what it is about. */
export interface DripView extends ItemView {
	authors: Named[];
	/** In the order in which they come; all may be read ahead. */
	tips: TipView[];
	/** How they come to the reader; null where they do not. */
	coming: Coming | null;
	canWriteTips: boolean;
}

/** A tip on a page of its own. */
export interface TipPage {
	drip: Named & { space: { slug: string; name: string } };
	tip: TipView;
	/** Its place, counted from 1, and how many there are. */
	place: number;
	of: number;
	before: string | null;
	after: string | null;
	/** What was put right in it, the newest first; `at` is ISO 8601. */
	corrections: { at: string; note: string }[];
	canWriteTips: boolean;
}

/** A published series in a list of them. */
export interface DripRow extends ItemRow {
	by: string[];
	tips: number;
	/** How many of them the reader has got. */
	seen: number;
}

/** A series that waits to be published, or holds tips that do. */
export interface DripDraftRow {
	id: string;
	title: string;
	tips: number;
	/** How many of them nobody has seen yet. */
	waiting: number;
	publishedAt: string | null;
}

export const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** A series that the reader follows. */
export interface Following {
	drip: Named;
	coming: Coming;
	tips: number;
	/** How many of them they have got. */
	seen: number;
	/** The tip that is next; null once they have got all. */
	next: Named | null;
}

/** Where the reader's chat takes tips. */
export interface Chat {
	/** The server alone: the rest is a secret. */
	host: string;
	/** Why it stopped taking them; empty while it does. */
	problem: string;
}
