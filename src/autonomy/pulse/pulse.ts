import { wilson, type Interval } from '#src/platform/statistics/proportions.ts';

/** What everybody is asked once a quarter, on Home alone. */
export const statements = {
	decide: 'I decide what reaches me here.',
	leave: 'I can leave out what I do not need.'
} as const;
export type StatementName = keyof typeof statements;
export const statementNames = Object.keys(statements) as StatementName[];

export const degrees = ['1', '2', '3', '4', '5'] as const;
export const degreeLabels: Record<(typeof degrees)[number], string> = {
	'1': 'Not at all',
	'2': 'Rather not',
	'3': 'Partly',
	'4': 'Mostly',
	'5': 'Fully'
};

/** Nothing is told of fewer people than this. */
export const FEWEST = 5;

/** How many chose each of the five, from not at all to fully. */
export type Tally = Partial<Record<StatementName, number[]>>;

/** Of those who said something, the share who agree (mostly or fully); numbers only where either side has enough people. */
export interface Said {
	lean: 'most' | 'split' | 'few';
	share: ({ value: number } & Interval) | null;
}

/** What may be known of a quarter. */
export interface SaidQuarter {
	quarter: string;
	/** How many answered; null where fewer than five did. */
	answered: number | null;
	said: Record<StatementName, Said | null>;
}

/** @param counts of the five degrees @returns null where fewer than five said anything */
export function saidOf(counts: readonly number[] = []): Said | null {
	const all = counts.reduce((sum, each) => sum + each, 0);
	if (all < FEWEST) return null;
	const agree = (counts[3] ?? 0) + (counts[4] ?? 0);
	const value = agree / all;
	const lean = value > 0.6 ? 'most' : value < 0.4 ? 'few' : 'split';
	// Nine of ten who agree would show what the tenth said.
	const isMixed = agree >= FEWEST && all - agree >= FEWEST;
	return { lean, share: isMixed ? { value, ...wilson(agree, all) } : null };
}

const percent = (share: number) => `${Math.round(share * 100)}\u00a0%`;

/** The same as words. */
export function saidInWords(said: Said | null): string {
	if (!said) return 'Too few said anything.';
	const words = { most: 'Most agree', split: 'They are of two minds', few: 'Few agree' }[said.lean];
	if (!said.share) return `${words}.`;
	const { value, low, high } = said.share;
	return `${words}: ${percent(value)} (between ${percent(low)} and ${percent(high)}).`;
}
