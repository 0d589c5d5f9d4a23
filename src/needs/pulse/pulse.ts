import type { CauseName } from '../causes.ts';

/** What those who do the work are asked: one statement for each cause, a minute in all. */
export const statements: Record<CauseName, string> = {
	expectations: 'I know what is expected, and I hear soon how it went.',
	tools: 'I have the tools and the information it takes, when I need them.',
	incentives: 'Doing it right is worth my while and does not get in the way of my targets.',
	knowledge: 'I could do it right each time if I had to.',
	capacity: 'There is enough time, and there are enough hands, to do it right.',
	motives: 'I see why it matters.'
};

export const pulseAnswers = ['yes', 'no', 'skip'] as const;
export type PulseAnswer = (typeof pulseAnswers)[number];
export const pulseLabels: Record<PulseAnswer, string> = { yes: 'Mostly so', no: 'Mostly not', skip: 'I cannot say' };

/** Nothing is told of fewer people than this. */
export const FEWEST = 5;

/** How many said yes and no to a statement. */
export type Tally = Partial<Record<CauseName, { yes: number; no: number }>>;

/** What may be known of a statement. Numbers only where either side has enough people. */
export interface Said {
	lean: 'most' | 'split' | 'few' | 'unknown';
	yes: number | null;
	no: number | null;
}
export interface PulseResult {
	answered: number;
	said: Record<CauseName, Said>;
}

/** Which way people lean, where enough have said anything at all; nobody can be read out of it. */
export function saidOf({ yes, no }: { yes: number; no: number } = { yes: 0, no: 0 }): Said {
	const all = yes + no;
	if (all < FEWEST) return { lean: 'unknown', yes: null, no: null };
	const share = yes / all;
	const lean = share > 0.6 ? 'most' : share < 0.4 ? 'few' : 'split';
	return yes >= FEWEST && no >= FEWEST ? { lean, yes, no } : { lean, yes: null, no: null };
}

/** The same as words. */
export function saidInWords({ lean, yes, no }: Said): string {
	if (lean === 'unknown') return 'Too few said anything.';
	const words = { most: 'Most say so', split: 'They are of two minds', few: 'Most do not' }[lean];
	return yes === null || no === null
		? `${words}.`
		: `${words}: ${yes} of ${yes + no}${lean === 'most' ? '' : ' say so'}.`;
}

/** A pulse as somebody sees it. */
export interface PulseView {
	/** Null while nobody is being asked. */
	open: {
		id: string;
		closesOn: string;
		asked: number;
		/** How the viewer stands to it. */
		you: 'asked' | 'answered' | 'spared' | 'not_asked';
		/** How many have answered; for those who work it out. */
		answered: number | null;
	} | null;
	/** What came of the last one that has closed. */
	last: { closedAt: string; asked: number; result: PulseResult | null } | null;
}
