import type { ItemRow, ItemView } from '#src/core/items/post.ts';
import type { Effect } from './effect.ts';
import type { Better, Counts, Every, Mark, Point } from './metric.ts';
import type { Limits, Rule } from './statistics/xmr.ts';

export interface Named {
	id: string;
	name: string;
}

/** What a figure is, as its page tells. */
export interface MetricFacts {
	unit: string;
	better: Better;
	every: Every;
	counts: Counts;
	people: number;
	least: number | null;
	most: number | null;
	zone: string;
}

/** A figure in a list. */
export interface MetricRow extends ItemRow, Pick<MetricFacts, 'unit' | 'better' | 'every' | 'counts'> {
	owner: Named;
	latest: Point | null;
	points: number;
}

/** A value in the table, with what the chart says of it. */
export interface TablePoint extends Point {
	signal: Rule | null;
	/** How many periods without a value come before it. */
	missing: number;
}

/** A figure with its comments, its plot and the newest of its values. */
export interface MetricView extends ItemView, MetricFacts {
	owner: Named;
	canKeep: boolean;
	points: number;
	first: string | null;
	latest: TablePoint | null;
	limits: Limits | null;
	/** Signals of the last year of periods, the newest first. */
	signals: { day: string; value: number; rule: Rule }[];
	gaps: { from: string; to: string; count: number }[];
	marks: Mark[];
	table: TablePoint[];
	/** Where the table goes on. */
	before: string | null;
	/** Lines that wait for a person to look at them; null for those who do not look after it. */
	aside: number | null;
}

/** A line that was not taken in. */
export interface AsideView {
	id: string;
	line: number;
	day: string;
	value: string;
	why: string;
	/** Whether it can be taken in all the same. */
	canTake: boolean;
	at: string;
}

/** What came in together. */
export interface IntakeView {
	id: string;
	way: 'typed' | 'file' | 'api' | 'webhook' | 'pull';
	source: string;
	person: Named | null;
	taken: number;
	replaced: number;
	repeated: number;
	aside: number;
	at: string;
}

/** What came of values that were brought. */
export interface TakenView {
	id: string;
	taken: number;
	replaced: number;
	repeated: number;
	/** The first of those that were not taken in. */
	aside: { line: number; day: string; value: string; why: string }[];
	asideCount: number;
}

/** Whether what was done shows in a figure. */
export interface EffectView extends Pick<MetricFacts, 'unit' | 'every' | 'better' | 'counts'> {
	id: string;
	title: string;
	marks: Mark[];
	/** What was asked about; null where nothing is marked. */
	mark: Mark | null;
	/** The figure it is measured against; null for its own past. */
	against: Named | null;
	effect: Effect | null;
}

/** Where values come from by themselves. */
export interface SourceView {
	id: string;
	kind: 'webhook' | 'http' | 'postgres' | 'mysql';
	/** Where it is pulled from, without what is secret; of a webhook where it is sent to, below the address of Trellis. */
	place: string;
	/** What is asked of a database. */
	query: string | null;
	everyHours: number | null;
	lastAt: string | null;
	lastOk: boolean | null;
	lastWords: string;
}
