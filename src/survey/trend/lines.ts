import { highOf } from '../rate.ts';
import { NO_ANSWER } from '../release/variables.ts';
import { holm } from '../statistics/holm.ts';
import { compareOrdinal } from '../statistics/ordinal.ts';
import { newcombe, wilson } from '#src/platform/statistics/proportions.ts';
import { compareShares } from '../statistics/tables.ts';
import type { Distribution, QuestionResult } from '../views.ts';
import type { Change, Point, TrendQuestion } from './view.ts';

/** The results of an edition, as they are shown. */
export interface Edition {
	/** Null for what was published elsewhere. */
	id: string | null;
	label: string;
	n: number;
	questions: QuestionResult[];
}

/** Something that is followed: its distribution in each edition, and which part of it counts. */
interface Followed {
	label: string;
	distributions: (Distribution | null)[];
	/** Steps of a scale are compared as a whole, others by their share alone. */
	steps: number | null;
	point(distribution: Distribution): Point | null;
}

/**
 * Each question of the last edition over all of them, as far as they ask the same.
 * @param editions the oldest first, two at least
 */
export function trendOf(editions: readonly Edition[]): TrendQuestion[] {
	const latest = editions.at(-1)!;
	return latest.questions.flatMap((question) => {
		const lines = followedIn(
			question,
			editions.map((edition) => sameIn(edition, question))
		)
			.map(({ label, distributions, ...followed }) => {
				const points = distributions.map((one) => one && followed.point(one));
				return { label, points, change: changeOf(distributions, points, followed.steps) };
			})
			.filter(({ points }) => points.filter(Boolean).length > 1);
		const told = lines.filter(({ change }) => change);
		const adjusted = holm(told.map(({ change }) => change!.p));
		for (const [at, { change }] of told.entries()) change!.p = adjusted[at]!;
		return lines.length > 0 ? [{ key: question.key, label: question.label, counts: countsOf(question), lines }] : [];
	});
}

/** The question in another edition, if it asks the same there. */
function sameIn({ questions }: Edition, { key, type, options, rows }: QuestionResult): QuestionResult | null {
	const found = questions.find((other) => other.key === key && other.type === type);
	const alike = found?.rows.length === rows.length && stepsOf(found.options) === stepsOf(options);
	return alike ? found : null;
}

const stepsOf = (options: readonly string[]) => options.filter((option) => option !== NO_ANSWER).length;

const isScale = ({ type }: QuestionResult) => type === 'matrix' || type === 'scale';

function countsOf(question: QuestionResult): string {
	const steps = question.options.filter((option) => option !== NO_ANSWER);
	return isScale(question) ? steps.slice(Math.ceil(steps.length / 2)).join(' + ') : '';
}

function followedIn(question: QuestionResult, same: readonly (QuestionResult | null)[]): Followed[] {
	const rowsAt = (at: number) => same.map((one) => one?.rows[at]?.all ?? null);
	const steps = stepsOf(question.options);
	if (isScale(question))
		return question.rows.map(({ label }, at) => ({
			...{ label, distributions: rowsAt(at), steps },
			point: (distribution) => pointOf(distribution, highOf(distribution, steps)?.chosen)
		}));
	const chosen = (place: number) => (distribution: Distribution) =>
		pointOf(distribution, distribution.parts.find(({ places }) => places.join() === `${place}`)?.count);
	if (question.type === 'multiple')
		return question.rows.map(({ label }, at) => ({
			...{ label, distributions: rowsAt(at), steps: null, point: chosen(1) }
		}));
	return question.rows.length === 1
		? question.options.map((label, place) => ({
				...{ label, distributions: rowsAt(0), steps: null, point: chosen(place) }
			}))
		: [];
}

const pointOf = ({ n }: Distribution, chosen: number | undefined): Point | null =>
	chosen === undefined ? null : { chosen, n, share: chosen / n, interval: wilson(chosen, n) };

/** Of the last edition against the latest before it that can be told. */
function changeOf(
	distributions: readonly (Distribution | null)[],
	points: readonly (Point | null)[],
	steps: number | null
): Change | null {
	const now = points.at(-1);
	const at = points.slice(0, -1).findLastIndex(Boolean);
	const then = points[at];
	if (!now || !then) return null;
	const whole = steps && bothWhole(distributions.at(-1)!, distributions[at]!, steps);
	const halves = [now, then].map(({ chosen, n }) => [n - chosen, chosen]);
	const [a, b] = whole || halves;
	return {
		difference: now.share - then.share,
		interval: newcombe(now, then),
		p: steps ? (compareOrdinal(a!, b!)?.p ?? 1) : compareShares(now, then)
	};
}

/** The counts of all steps, where each stands alone in both and all answered. */
function bothWhole(one: Distribution, other: Distribution, steps: number): [number[], number[]] | null {
	const fine = ({ parts }: Distribution) =>
		parts.length === steps && parts.every(({ places }, at) => places.join() === `${at}`);
	const counts = ({ parts }: Distribution) => parts.map(({ count }) => count);
	return fine(one) && fine(other) ? [counts(one), counts(other)] : null;
}
