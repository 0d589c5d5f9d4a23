import type { KeptFigure } from '#src/core/figures/server/figures.ts';
import type { Named } from '../need.ts';
import type { Option } from '../options/catalogue.ts';

export const verdicts = ['met', 'not_met', 'cannot_tell'] as const;
export type Verdict = (typeof verdicts)[number];
export const verdictLabels: Record<Verdict, string> = {
	met: 'The target is met',
	not_met: 'The target is not met',
	cannot_tell: 'Nobody can tell'
};

/** What is done, by whom and until when. */
export interface Step {
	id: string;
	option: Option | null;
	title: string;
	owner: Named;
	/** `2030-03-12` */
	byOn: string;
	/** What was made of it; without `href` where it is not open to the viewer, or still being written by somebody else. */
	made: { title: string; href: string | null } | null;
	doneAt: string | null;
	version: number;
	/** Where it can be begun, for those who work the need out and its owner. */
	begins: { label: string; href: string }[];
	/** Whether the viewer may say that it is done. */
	canFinish: boolean;
}

/** What was seen on a day of review. */
export interface Review {
	id: string;
	seenOn: string;
	value: number;
	verdict: Verdict;
	says: string;
	by: string;
}

export interface Plan {
	owner: Named;
	hypothesis: string;
	figure: string;
	/** Where the figure is kept here; null where it is not, or not open to the viewer. */
	kept: KeptFigure | null;
	metricId: string | null;
	baseline: number;
	baselineOn: string;
	baselineSource: string;
	target: number;
	reviewOn: string | null;
	currency: string;
	budget: number;
	/** Money a year, if it works, and where it goes. */
	saves: number;
	funds: { id: string; title: string } | null;
	fundsNote: string;
	version: number;
	steps: Step[];
	/** The newest first. */
	reviews: Review[];
}

export interface PlanPage {
	need: { id: string; title: string; spaceId: string };
	/** Null before there is a baseline. */
	plan: Plan | null;
	/** Whether the analysis came to something that can be done. */
	isConcluded: boolean;
	canWork: boolean;
	/** What fits the causes that were found. */
	options: Option[];
}

const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2 });

/** How far the figure has come, as a sentence that claims no more than it shows. */
export function movedInWords({ baseline, target }: Pick<Plan, 'baseline' | 'target'>, value: number): string {
	const way = target - baseline;
	const moved = value - baseline;
	const from = `It was ${number(baseline)} and is ${number(value)}; ${number(target)} is aimed at.`;
	if (moved === 0) return `${from} It has not moved.`;
	const right = way === 0 || Math.sign(moved) === Math.sign(way);
	return `${from} It moved by ${number(Math.abs(moved))} ${right ? 'the right way' : 'the wrong way'}. That is a difference, not yet an effect.`;
}
