/** What is done with entries that hold certain words. */
export const deeds = ['hide', 'read', 'top', 'tag'] as const;
export type Deed = (typeof deeds)[number];

/** Where the words are looked for. */
export const places = ['anywhere', 'title'] as const;
export type Place = (typeof places)[number];

/** A rule that did something with an entry. */
export interface Acted {
	id: string;
	words: string[];
	deed: Deed;
	tag: string;
	/** Whose it is, where it is not the reader's own. */
	space: string | null;
}

/** A rule as its reader sees it. */
export interface RuleView {
	id: string;
	words: string[];
	place: Place;
	deed: Deed;
	tag: string;
	/** The space for whose members it acts; null for one's own. */
	space: { id: string; name: string; slug: string } | null;
	canEdit: boolean;
	/** The viewer has turned it off for themselves. */
	isOff: boolean;
	/** Entries of the last 60 days that hold its words. */
	found: number;
	createdAt: string;
}

/** What each deed is called where one is chosen. */
export const deedLabels: Record<Deed, string> = {
	hide: 'Hide them',
	read: 'Mark them as read',
	top: 'Put them on top',
	tag: 'Tag them'
};

const done: Record<Deed, string> = { hide: 'Hidden', read: 'Marked as read', top: 'On top', tag: 'Tagged' };

/** What a rule did, for the reader who wonders. @example 'Hidden by your rule “football”.' */
export function actedInWords({ words, deed, tag, space }: Acted): string {
	const whose = space ? `a rule of ${space}` : 'your rule';
	return `${done[deed]}${deed === 'tag' ? ` ${tag}` : ''} by ${whose} “${words.join(', ')}”.`;
}
