import type { Ground } from '#src/core/grounds/ground.ts';
import type { Qualities } from './qualities.ts';

/** Why a check is asked of people: all of it is public to them. */
export interface Reason {
	id: string;
	legalText: string;
	legalSource: string;
	/** Or the analysis that found a lack of knowledge or skill. */
	analysis: Ground | null;
	/** Those responsible see who has not passed yet. */
	legalNames: boolean;
	renewMonths: number | null;
	qualities: Qualities;
	askedBy: string;
}

/** A check that is asked of the viewer and not done yet. */
export interface Task {
	/** The check. */
	id: string;
	title: string;
	href: string;
	minutes: number;
	state: 'open' | 'in_review';
	/** The last day, in the viewer's own time zone. */
	dueOn: string;
	isLate: boolean;
	/** Passed before, and soon to be passed again. */
	isRenewal: boolean;
	/** No reminders until then; null while they come. */
	quietUntil: string | null;
	reasons: Reason[];
}

/** How far people are: nothing that tells of fewer than five. */
export interface Standing {
	asked: number;
	/** Null where it, or the rest, is fewer than five people. */
	passed: number | null;
	/** In words, whatever may be said. */
	words: string;
}

/** An asking for those who are responsible for it. */
export interface AskingLine extends Reason {
	check: { id: string; title: string };
	audience: 'people' | 'space' | 'everybody';
	/** "12 people", "Warehouse", "Everybody". */
	of: string;
	dueOn: string | null;
	dueDays: number | null;
	at: string;
	endedAt: string | null;
	standing: Standing;
}
