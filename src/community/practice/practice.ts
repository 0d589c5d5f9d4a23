/** For how many days practice is looked back on. */
export const LOOK_BACK_DAYS = 90;
/** For how long somebody is not invited again, whatever they said. */
export const PEACE_DAYS = 90;

export const deeds = ['asked', 'answered', 'failed', 'shared', 'thanked', 'tried'] as const;
/** What somebody visibly did. */
export type Deed = (typeof deeds)[number];
export const deedLabels: Record<Deed, string> = {
	asked: 'asked',
	answered: 'answered',
	failed: 'told what did not work',
	shared: 'shared',
	thanked: 'said what helped',
	tried: 'tried'
};

export interface PracticeEntry {
	id: string;
	deed: Deed;
	/** The item's title, or what was tried, in their own words. */
	text: string;
	/** The item's page; null for own words. */
	href: string | null;
	/** `2030-03-12`. */
	on: string;
}

export interface PracticeWeek {
	/** Its Monday. */
	begins: string;
	entries: PracticeEntry[];
}

/** Somebody who shows their practice, with the weeks of the last 90 days; the newest first. */
export interface ShownPractice {
	person: { id: string; name: string; image: string | null; headline: string };
	since: string;
	you: boolean;
	weeks: PracticeWeek[];
}

/** Somebody who could be asked to show theirs. */
export interface Leader {
	id: string;
	name: string;
	headline: string;
	/** A day before which nobody asks them again. */
	peaceUntil: string | null;
}

export interface PracticePage {
	shown: ShownPractice[];
	/** Whether the viewer may show theirs, and does. */
	canShow: boolean;
	shows: boolean;
	/** Who asked the viewer, where they have not answered. */
	invitedBy: string | null;
	/** For those who look after the space. */
	leaders: Leader[];
	canInvite: boolean;
}
