import type { KeptFigure } from '#src/core/figures/server/figures.ts';
import { dayInWords } from '#src/platform/day.ts';

export const scopes = ['space', 'area'] as const;
/** Whose plan it is. */
export interface Scope {
	kind: (typeof scopes)[number];
	id: string;
}

export const states = ['open', 'met', 'not_met', 'dropped'] as const;
export type AimState = (typeof states)[number];
export const stateLabels: Record<AimState, string> = {
	open: 'Going on',
	met: 'Reached',
	not_met: 'Not reached',
	dropped: 'Dropped'
};

export interface AimReview {
	id: string;
	seenOn: string;
	value: number | null;
	state: AimState;
	learnt: string;
	by: string | null;
}

export interface Aim {
	id: string;
	title: string;
	/** What one would see at work. */
	seen: string;
	/** Where it is kept here, as far as it is open to the viewer. */
	figure: KeptFigure | null;
	/** What the figure was when it was chosen, and what is aimed at; null without a figure that the viewer may read. */
	baseline: number | null;
	baselineOn: string | null;
	target: number | null;
	/** How far it has come, in a sentence that claims no more than it shows. */
	moved: string | null;
	/** It has a figure that is not open to the viewer. */
	hidden: boolean;
	reviewOn: string | null;
	/** Its day of review has come. */
	isDue: boolean;
	/** The viewer wants it on their home page no more, until the next day of review. */
	quiet: boolean;
	state: AimState;
	version: number;
	/** The newest first. */
	reviews: AimReview[];
}

export interface CommunityPlan {
	scope: Scope & { name: string; href: string };
	/** Empty before anybody wrote one. */
	purpose: string;
	/** 0 before anybody wrote one. */
	version: number;
	writtenBy: string | null;
	aims: Aim[];
	canWrite: boolean;
}

const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2 });

/** Where an aim stands by its figure: a difference, which is not yet an effect. */
export function movedInWords(
	{ baseline, baselineOn, target }: { baseline: number; baselineOn: string; target: number },
	latest: { value: number } | null,
	language: string
): string {
	const from = `It was ${number(baseline)} on ${dayInWords(baselineOn, language)}; ${number(target)} is aimed at.`;
	if (!latest) return from;
	const moved = latest.value - baseline;
	if (moved === 0) return `${from} It has not moved.`;
	const right = target === baseline || Math.sign(moved) === Math.sign(target - baseline);
	return `${from} Now it is ${number(latest.value)}: ${number(Math.abs(moved))} the ${right ? 'right' : 'wrong'} way. That is a difference, not yet an effect.`;
}

/** What kind of proof an aim has, plainly; null where a figure of the work shows it. */
export function weaknessOf({ figure, hidden }: Pick<Aim, 'figure' | 'hidden'>): string | null {
	if (hidden) return 'Its figure is not open to you.';
	if (!figure) return 'No figure of the work: whether it is reached is a matter of judgement.';
	return figure.isActivity
		? 'This figure counts what people do here, not what comes of it in the work. Moving it is no success by itself.'
		: null;
}
