import type { Chooser } from '#src/core/notify/choice.ts';
import type { Fall } from './fall.ts';
import type { SaidQuarter } from './pulse/pulse.ts';

/** Nothing is told of fewer people than this. */
export const FEWEST = 5;
/** So many weeks the meter looks back, and so many are "lately". */
export const WEEKS = 26;
export const LATELY = 4;

/** A share with the interval in which it lies, from 0 to 1. */
export interface Share {
	share: number;
	low: number;
	high: number;
}

export interface MeterWeek {
	/** Its Monday: 2030-04-08. */
	week: string;
	pushes: number;
	own: number;
	/** What is usual for a week like it; null while too few weeks are known. */
	low: number | null;
	high: number | null;
}

/** What came to people of one kind by one choice, as a share of all that came. */
export interface MeterKind {
	kind: string;
	label: string;
	choice: Chooser;
	/** In the last four weeks. */
	pushes: number;
	share: number;
	/** In the weeks before; null where there are none. */
	before: number | null;
}

export interface MeterSpace extends Share {
	id: string;
	name: string;
	href: string;
	pushes: number;
	/** Weeks of which something may be told. */
	weeks: number;
}

/** What stands behind a fall, and where something can be done about it. */
export interface Rose {
	label: string;
	from: number;
	to: number;
	/** What most of it was about, as far as the reader may see it. */
	about: { title: string; href: string; count: number }[];
}

export interface Meter {
	/** Null for who looks after a space alone. */
	whole: {
		lately: (Share & { pushes: number }) | null;
		before: number | null;
		/** The share of the weeks before the newest. */
		usual: number | null;
		weeks: MeterWeek[];
		kinds: MeterKind[];
		fall: { rule: Fall; week: string; rose: Rose[] } | null;
		/** How often something was left out in the last 26 weeks; null where fewer than five people did. */
		optOuts: number | null;
		/** Of what is still known, how much was sent after it was left out. */
		leaks: number;
	} | null;
	spaces: MeterSpace[];
	/** How people see it themselves, the newest quarter first. */
	said: SaidQuarter[];
	/** Spaces of the reader of which too few people got something. */
	leftOut: number;
}

const percent = (share: number) => `${Math.round(share * 100)}\u00a0%`;

/** How much was people's own choice lately, in a sentence. */
export function sharesInWords({ lately, before }: Pick<NonNullable<Meter['whole']>, 'lately' | 'before'>): string {
	if (!lately) return 'Too little was sent lately to say by whose choice.';
	const { share, low, high } = lately;
	const now = `In the last ${LATELY} weeks, ${percent(share)} of what reached people was by their own choice (between ${percent(low)} and ${percent(high)})`;
	return before === null ? `${now}.` : `${now}; in the weeks before it was ${percent(before)}.`;
}

/** Whether what people left out stayed out. */
export function optOutsInWords({ optOuts, leaks }: Pick<NonNullable<Meter['whole']>, 'optOuts' | 'leaks'>): string {
	const times =
		optOuts === null
			? `Fewer than ${FEWEST} people left something out in the last ${WEEKS} weeks.`
			: `People left something out ${optOuts.toLocaleString('en')} times in the last ${WEEKS} weeks.`;
	const kept =
		leaks === 0
			? 'Nothing was sent after it was left out.'
			: `${leaks === 1 ? 'One thing was' : `${leaks} things were`} sent after it was left out: that is a fault, please report it.`;
	return `${times} ${kept}`;
}

/** Why it is an alarm. */
export const fallInWords: Record<Fall, string> = {
	below: 'In the week of {week} the share was further below what is usual than chance makes it.',
	run: 'For eight weeks in a row the share has been below what was usual before, and clearly so.'
};

export { percent };
