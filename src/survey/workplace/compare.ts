import { highOf } from '../rate.ts';
import { holm } from '../statistics/holm.ts';
import { compareOrdinal } from '../statistics/ordinal.ts';
import { newcombe, type Interval } from '#src/platform/statistics/proportions.ts';
import type { Distribution, QuestionResult } from '../views.ts';
import { published, PUBLISHED_N, publishedPeople, type PublishedShare } from './published.ts';
import { people, WAYS } from './questions.ts';
import { importance, wayGroups, ways, type Way, type WayGroup } from './ways.ts';

const STEPS = importance.length;

/** Whether a question is that on the ten ways, in their order. */
export const isOnWays = ({ key, rows }: QuestionResult): boolean =>
	key === WAYS && rows.length === ways.length && rows.every((row, at) => row.key === `${WAYS}.${at}`);

/** A way now and in 2013: shares of the upper half of the scale. */
export interface WayChange {
	label: string;
	now: number;
	then: number;
	/** Of now less then. */
	interval: Interval;
	/** Of the whole scale where all its steps can be seen, otherwise of its halves; adjusted for ten comparisons. */
	p: number;
}

/** Each way against what was published, as far as it can be told. */
export function changesSince(question: QuestionResult): WayChange[] {
	const found = question.rows.flatMap(({ label, all }, at) => {
		const high = all && highOf(all, STEPS);
		if (!high) return [];
		const before = published[at]!.percent.map((percent) => (percent / 100) * PUBLISHED_N);
		const then = before[2]! + before[3]!;
		const [now, was] = bothAlike(all, high.chosen, before);
		const interval = newcombe({ chosen: high.chosen, n: all.n }, { chosen: then, n: PUBLISHED_N });
		const p = compareOrdinal(now, was)?.p ?? 1;
		return [{ label, now: high.chosen / all.n, then: then / PUBLISHED_N, interval, p }];
	});
	const adjusted = holm(found.map(({ p }) => p));
	return found.map((change, at) => ({ ...change, p: adjusted[at]! }));
}

/** Two distributions on the same steps: all four, or the halves. */
function bothAlike({ n, parts }: Distribution, high: number, before: readonly number[]): [number[], number[]] {
	const fine = parts.length === STEPS && parts.every(({ places }, at) => places.join() === `${at}`);
	if (fine) return [parts.map(({ count }) => count), [...before]];
	return [
		[n - high, high],
		[before[0]! + before[1]!, before[2]! + before[3]!]
	];
}

/** What the ratings come to: computed from the figures, for practice. */
export interface Practice {
	/** The ways rated highest and lowest. */
	highest: { way: Way; high: number };
	lowest: { way: Way; high: number };
	/** The mean share of each group of ways, the highest first. */
	groups: { group: WayGroup; label: string; high: number }[];
	/** Ways that more than half rate high, with what Trellis offers for them, the highest first. */
	worth: { way: Way; high: number }[];
	/** How many find company training of little or no value. */
	trainingLow: number | null;
}

/** @returns null where less than half of the ways can be told */
export function practiceOf(question: QuestionResult): Practice | null {
	const rated = question.rows.flatMap(({ all }, at) => {
		const high = all && highOf(all, STEPS);
		return high ? [{ way: ways[at]!, high: high.chosen / all.n }] : [];
	});
	if (rated.length < ways.length / 2) return null;
	const order = rated.toSorted((a, b) => b.high - a.high);
	const mean = (list: readonly { high: number }[]) => list.reduce((sum, { high }) => sum + high, 0) / list.length;
	const groups = [...Map.groupBy(rated, ({ way }) => way.group)].map(([group, list]) => ({
		...{ group, label: wayGroups[group], high: mean(list) }
	}));
	const training = rated.find(({ way }) => way.group === 'training');
	return {
		...{ highest: order[0]!, lowest: order.at(-1)! },
		groups: groups.sort((a, b) => b.high - a.high),
		worth: order.filter(({ high }) => high > 0.5),
		trainingLow: training ? 1 - training.high : null
	};
}

/** Who answered, as published and now. */
export interface PeopleCompared {
	key: string;
	label: string;
	shares: (PublishedShare & { now: number | null; within: boolean })[];
}

export function peopleSince(questions: readonly QuestionResult[]): PeopleCompared[] {
	return people.flatMap(({ key, label }) => {
		const all = questions.find((question) => question.key === key)?.rows[0]?.all;
		if (!all) return [];
		const line = (share: PublishedShare, within: boolean) => ({ ...share, within, now: shareOf(all, share.as) });
		const shares = publishedPeople[key]!.flatMap((share) => [
			line(share, false),
			...(share.containing ?? []).map((each) => line(each, true))
		]);
		return [{ key, label, shares }];
	});
}

/** Null where some of the options are counted together with others. */
function shareOf({ parts }: Distribution, places: readonly number[]): number | null {
	const inside = (place: number) => places.includes(place);
	const mixed = parts.some((part) => part.places.some(inside) && !part.places.every(inside));
	if (mixed) return null;
	return parts.filter((part) => part.places.every(inside)).reduce((sum, { share }) => sum + share, 0);
}
