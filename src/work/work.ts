import { dayInWords } from '#src/platform/day.ts';

/** What a person keeps of their own work, as pages and the API show it. */
export const goalStates = ['open', 'reached', 'dropped'] as const;
export type GoalState = (typeof goalStates)[number];

export interface Goal {
	id: string;
	title: string;
	why: string;
	/** Which figure or sign would show that it is reached. */
	sign: string;
	/** A day: `2026-12-24`. */
	reachBy: string | null;
	state: GoalState;
	endedOn: string | null;
	/** How many notes belong to it. */
	notes: number;
	createdAt: string;
}

export const noteKinds = ['evidence', 'reflection'] as const;
export type NoteKind = (typeof noteKinds)[number];
export const noteLabels: Record<NoteKind, string> = { evidence: 'Evidence', reflection: 'Reflection' };

export interface Note {
	id: string;
	kind: NoteKind;
	text: string;
	/** Where it can be seen: a page, a ticket, a document. */
	address: string;
	/** What was done when this was asked, for what answers a prompt. */
	about: string;
	goal: { id: string; title: string } | null;
	happenedOn: string;
	createdAt: string;
}

/** What colleagues said helped them, of what the person wrote. */
export interface HelpedOthers {
	title: string;
	/** What it changed at a colleague's work. */
	note: string;
	minutes: number | null;
	on: string;
}

/** A year of somebody's work, to take to the review. */
export interface Year {
	year: number;
	goals: Omit<Goal, 'notes'>[];
	notes: Note[];
	helped: { times: number; minutes: number; said: HelpedOthers[] };
}

/** A copy that was given to somebody. */
export interface Share {
	id: string;
	year: number;
	reader: string;
	createdAt: string;
}

/** "By 3 May 2030 · shown by returns under 2 %", or how it ended. */
export function goalFacts(goal: Pick<Goal, 'state' | 'reachBy' | 'endedOn' | 'sign'>, language: string): string {
	const ended = { open: '', reached: 'Reached', dropped: 'Let go' }[goal.state];
	const when = ended
		? `${ended} on ${dayInWords(goal.endedOn!, language)}`
		: goal.reachBy
			? `By ${dayInWords(goal.reachBy, language)}`
			: 'Open';
	return [when, goal.sign && `shown by: ${goal.sign}`].filter(Boolean).join(' · ');
}

/** "12 times a colleague said it helped them; 95 minutes saved." */
export function helpedLine({ times, minutes }: Year['helped']): string {
	const often = times === 1 ? 'Once a colleague' : `${times} times a colleague`;
	return `${often} said it helped them${minutes ? `; together it saved ${minutes} minutes` : ''}.`;
}
