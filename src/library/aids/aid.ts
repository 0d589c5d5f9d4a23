import type { IconName } from '#src/ui/Icon.svelte';
import type { AidContent } from './content.ts';

export const aidTypes = [
	'checklist',
	'steps',
	'decision',
	'flow',
	'reference',
	'template',
	'infographic',
	'screencast'
] as const;
export type AidType = (typeof aidTypes)[number];

/** What each type is called and good for. */
export const aidKinds: Record<AidType, { label: string; text: string; icon: IconName }> = {
	checklist: {
		label: 'Checklist',
		text: 'So that nothing is forgotten: tick one thing after the other.',
		icon: 'check'
	},
	steps: { label: 'Step by step', text: 'How it is done, one step at a time, with pictures.', icon: 'down' },
	decision: {
		label: 'Decision table',
		text: 'If this and that, then do so: a few questions lead to what to do.',
		icon: 'ask'
	},
	flow: { label: 'Flow chart', text: 'Steps and questions with several ways through, drawn for you.', icon: 'right' },
	reference: {
		label: 'Reference table',
		text: 'Facts to look up: codes, sizes, opening hours, who does what.',
		icon: 'search'
	},
	template: {
		label: 'Template',
		text: 'A text with gaps to fill in and copy: a mail, a report, a note.',
		icon: 'edit'
	},
	infographic: { label: 'Infographic', text: 'One picture that says it all, and the same in words.', icon: 'eye' },
	screencast: { label: 'Screencast', text: 'A short film with its steps in writing beneath.', icon: 'history' }
};

export interface Picture {
	src: string;
	alt: string;
	width: number | null;
	height: number | null;
}

/** One thing at a time, as it is run on a phone. */
export interface Card {
	title: string;
	/** Rendered and sanitised; empty where the title says it all. */
	html: string;
	/** A heading it stands under. */
	group: string;
	picture: Picture | null;
	/** The second of the film it belongs to. */
	at: number | null;
	/** Where a question leads: numbers of cards. */
	choices: { label: string; to: number }[];
	/** The card that follows; null where it ends, or where a choice leads on. */
	next: number | null;
}

/** A card with what most of them lack. */
export const card = (facts: Partial<Card> & { title: string }): Card => ({
	...{ html: '', group: '', picture: null, at: null, choices: [], next: null },
	...facts
});

/** An aid as it is shown: rendered once, when a version is saved. */
export interface Shown {
	introHtml: string;
	cards: Card[];
	table: { columns: string[]; rows: string[][]; conditions: number } | null;
	/** The drawing of a flow chart, and what stands in it as text. */
	chart: string | null;
	/** A template's text, with its gaps by name. */
	template: string | null;
	picture: Picture | null;
	video: string | null;
	/** The long text of an infographic. */
	html: string;
}

export const noShow: Shown = {
	...{ introHtml: '', cards: [], table: null, chart: null, template: null, picture: null, video: null, html: '' }
};

/** How an aid is used, from five people on; null before. */
export interface Use {
	/** Different people in the last 30 days, and those who came to the end. */
	people: number;
	finished: number;
	/** The step where most did not get on, in the present version. */
	stuck: { step: number; share: number } | null;
}

export interface AidOwner {
	id: string;
	name: string;
	image: string | null;
	you: boolean;
}

/** Whether somebody stands behind it, and until when. */
export interface Verification {
	/** A date, as 2027-03-31. */
	until: string | null;
	/** Its date has passed. */
	due: boolean;
	at: string | null;
	by: string | null;
}

/** What only an aid has; the shared parts of an item come with it. */
export interface AidFacts {
	type: AidType;
	content: AidContent;
	shown: Shown;
	owner: AidOwner;
	verification: Verification;
	roles: string[];
	patterns: string[];
	use: Use | null;
	questions: { id: string; title: string; step: number | null; answered: boolean }[];
	successor: { id: string; title: string } | null;
	/** Aids that this one took the place of. */
	replaced: { id: string; title: string }[];
	/** May the viewer say that it holds, change and retire it? */
	canKeep: boolean;
}

/** Where a step is read: `#step-4` is the fourth. */
export const stepAnchor = (step: number) => `step-${step + 1}`;
