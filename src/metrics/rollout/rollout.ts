import type { ItemRow, ItemView } from '#src/core/items/post.ts';
import type { Refused } from '../effect.ts';
import type { Better, Every } from '../metric.ts';
import { firstDay, periodOf } from '../period.ts';
import { groupSizes } from '../statistics/orders.ts';
import type { Wedge } from '../statistics/wedge.ts';
import type { Named } from '../views.ts';

export const [FEWEST_PLACES, MOST_PLACES] = [4, 40];

/** When it comes to how many places, as it was planned. */
export interface Schedule {
	every: Every;
	/** The first day of the period in which the first places get it. */
	startsOn: string;
	steps: number;
	/** Periods from one step to the next, and from the last to the end. */
	stepPeriods: number;
	/** Periods before the first step that count. */
	basePeriods: number;
}

/** A part of the time: before, or from one step to the next. */
export interface Part {
	from: string;
	/** The last day. */
	to: string;
	/** By their numbers; the last is not in it. */
	periods: [first: number, end: number];
}

/** The parts of the time: the one before, then one from each step on. */
export function partsOf({ every, startsOn, steps, stepPeriods, basePeriods }: Schedule): Part[] {
	const start = periodOf(startsOn, every);
	const begins = [start - basePeriods, ...Array.from({ length: steps + 1 }, (_, step) => start + step * stepPeriods)];
	return begins.slice(0, -1).map((first, at) => {
		const end = begins[at + 1]!;
		return { from: firstDay(first, every), to: dayBefore(firstDay(end, every)), periods: [first, end] };
	});
}

const dayBefore = (day: string) => firstDay(periodOf(day, 'day') - 1, 'day');

/** The day on which a step comes, from 1 on. */
export const dayOfStep = (step: number, { every, startsOn, stepPeriods }: Schedule): string =>
	firstDay(periodOf(startsOn, every) + (step - 1) * stepPeriods, every);

/** At which step each comes, in the order of their lots. */
export function stepsInOrder(places: number, steps: number): number[] {
	return groupSizes(places, steps).flatMap((size, at) => Array<number>(size).fill(at + 1));
}

/** What was drawn, as it never changes. */
export interface Drawn {
	seed: string;
	/** In the order of their lots; with what each figure was called and counted then. */
	places: { id: string; step: number; title: string; definition: string }[];
}

/** Where what was done differs from what was drawn. */
export interface Departure {
	id: string;
	place: string;
	title: string;
	/** From when on they really had it; null where they never did. */
	beganOn: string | null;
	why: string;
	person: Named | null;
	at: string;
	/** Whether it is the last one of its place, which counts. */
	counts: boolean;
}

/** What one place came to in one part of the time. */
export interface Cell {
	/** Null where there is no value. */
	mean: number | null;
	values: number;
	/** Whether they had it by then, as drawn; null before it is drawn. */
	has: boolean | null;
}

export interface Place {
	id: string;
	/** What the figure is called; null for who may not read it. */
	title: string | null;
	/** Null before it is drawn. */
	step: number | null;
	day: string | null;
	/** Null for who may not read the figure. */
	cells: Cell[] | null;
}

/** What the roll-out changed, in numbers and words. */
export interface RolledOut extends Wedge {
	kind: 'reckoned';
	verdict: 'better' | 'worse' | 'open';
	sentence: string;
	assumptions: string[];
}

export type RolloutEffect = RolledOut | Refused;

/** A roll-out on its page; days are `2030-03-12`. */
export interface RolloutView extends ItemView, Schedule {
	unit: string;
	better: Better;
	/** The last day that counts. */
	endsOn: string;
	parts: { from: string; to: string }[];
	places: Place[];
	seedHash: string;
	/** How many orders could be drawn. */
	orders: number;
	drawn: { seed: string; at: string; by: Named | null } | null;
	/** Who gets it next; null when all have it, or nothing is drawn. */
	next: { day: string; places: string[] } | null;
	departures: Departure[];
	canKeep: boolean;
	/** Whether its order can be drawn now. */
	canDraw: boolean;
	/** Null before it is drawn. */
	effect: RolloutEffect | null;
}

/** A roll-out in a list. */
export interface RolloutRow extends ItemRow {
	startsOn: string;
	places: number;
	drawn: boolean;
}

/** What the form that changes a roll-out begins with. */
export interface RolloutToEdit extends Omit<Schedule, 'every'> {
	id: string;
	spaceId: string;
	title: string;
	bodyMd: string;
	tags: string[];
	version: number;
	places: string[];
	/** Once it is drawn, only its words change. */
	fixed: boolean;
}

/** A figure that can be a place. */
export interface Placeable extends Named {
	/** "tickets a week, more is better": only those alike go together. */
	counted: string;
	space: string;
}
