/** Fewer first attempts tell nothing, and could tell of a person. */
export const FEWEST_ATTEMPTS = 20;
/** A wrong option that fewer choose distracts nobody. */
const FEWEST_CHOOSE = 0.05;

/** A first attempt of somebody: the share of the points of each question it had, and what was chosen. */
export interface Scored {
	/** Question by question: between 0 and 1. */
	scores: Map<string, number>;
	chosen: Map<string, string[]>;
}

export interface QuestionStatistics {
	questionId: string;
	/** How many first attempts had it. */
	n: number;
	/** Difficulty: the mean share of its points. */
	p: number;
	/** Its correlation with the rest of the attempt, itself left out; null where nothing varies. */
	rest: number | null;
	/** How much better the upper 27 % do than the lower 27 %. */
	upperLower: number;
	options: { key: string; right: boolean; share: number; idle: boolean }[];
	/** What would make it better, in sentences. */
	repairs: string[];
}

/** What the first attempts say of one question; nothing below twenty. */
export function questionStatistics(
	questionId: string,
	options: { key: string; right: boolean }[],
	attempts: Scored[]
): QuestionStatistics | undefined {
	const having = attempts.filter(({ scores }) => scores.has(questionId));
	if (having.length < FEWEST_ATTEMPTS) return undefined;
	const own = having.map(({ scores }) => scores.get(questionId)!);
	const others = having.map(({ scores }) => restOf(scores, questionId));
	const found = {
		questionId,
		n: having.length,
		p: mean(own),
		rest: correlation(own, others),
		upperLower: discrimination(own, others),
		options: options.map((option) => {
			const share = having.filter(({ chosen }) => chosen.get(questionId)?.includes(option.key)).length / having.length;
			return { ...option, share, idle: !option.right && share < FEWEST_CHOOSE };
		})
	};
	return { ...found, repairs: repairsFor(found) };
}

/** The mean of all other questions of an attempt: attempts may have drawn others, and so many of them. */
function restOf(scores: Map<string, number>, questionId: string): number {
	const others = [...scores].flatMap(([id, score]) => (id === questionId ? [] : [score]));
	return others.length ? mean(others) : 0;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The variance of a whole population. */
export function variance(values: readonly number[]): number {
	const middle = mean(values);
	return mean(values.map((value) => (value - middle) ** 2));
}

/** Pearson's correlation, which is the point-biserial one where `own` is right or wrong; null where one of them never varies. */
export function correlation(own: readonly number[], others: readonly number[]): number | null {
	const spread = Math.sqrt(variance(own) * variance(others));
	if (spread < 1e-12) return null;
	const [a, b] = [mean(own), mean(others)];
	return mean(own.map((value, at) => (value - a) * (others[at]! - b))) / spread;
}

/** The mean of the upper 27 % less that of the lower 27 %, by the rest (Kelley, Journal of Educational Psychology 30, 1939). */
export function discrimination(own: readonly number[], others: readonly number[]): number {
	const size = Math.max(1, Math.round(own.length * 0.27));
	const order = own.map((score, at) => ({ score, rest: others[at]! })).sort((one, other) => one.rest - other.rest);
	const part = (some: { score: number }[]) => mean(some.map(({ score }) => score));
	return part(order.slice(-size)) - part(order.slice(0, size));
}

/**
 * Cronbach's alpha (Psychometrika 16, 1951) of people by questions; with questions that are right or wrong it is
 * Kuder and Richardson's formula 20 (Psychometrika 2, 1937).
 * @returns null where there are fewer than two questions, or all people have the same
 */
export function alpha(people: readonly (readonly number[])[]): number | null {
	const questions = people[0]?.length ?? 0;
	const total = variance(people.map((scores) => scores.reduce((sum, score) => sum + score, 0)));
	if (questions < 2 || !(total > 1e-12)) return null;
	let each = 0;
	for (let at = 0; at < questions; at++) each += variance(people.map((scores) => scores[at]!));
	return (questions / (questions - 1)) * (1 - each / total);
}

export interface Reliability {
	alpha: number;
	/** How many people had just these questions. */
	n: number;
	questions: number;
	/** Whether each was right or wrong only: then it is called KR-20. */
	rightOrWrong: boolean;
}

/**
 * How well the questions of an attempt agree, of those people who were drawn the same ones.
 * @returns undefined where fewer than twenty had the same
 */
export function reliability(attempts: Scored[]): Reliability | undefined {
	const bySet = Map.groupBy(attempts, ({ scores }) => [...scores.keys()].sort().join());
	const [most] = [...bySet.values()].sort((one, other) => other.length - one.length);
	if (!most || most.length < FEWEST_ATTEMPTS) return undefined;
	const ids = [...most[0]!.scores.keys()].sort();
	const people = most.map(({ scores }) => ids.map((id) => scores.get(id)!));
	const found = alpha(people);
	if (found === null) return undefined;
	const rightOrWrong = people.every((scores) => scores.every((score) => score === 0 || score === 1));
	return { alpha: found, n: most.length, questions: ids.length, rightOrWrong };
}

function repairsFor({
	p,
	rest,
	upperLower,
	options
}: Omit<QuestionStatistics, 'repairs' | 'n' | 'questionId'>): string[] {
	const idle = options.filter((option) => option.idle).length;
	const wrong = options.filter(({ right }) => !right).sort((one, other) => other.share - one.share)[0];
	const right = Math.min(...options.filter((option) => option.right).map(({ share }) => share));
	return [
		...(rest !== null && rest < 0
			? ['Who does well elsewhere gets this wrong: look whether the key is right and the case has one reading.']
			: rest !== null && rest < 0.15 && upperLower < 0.2
				? ['It hardly tells who can do it from who cannot: make the case more like the job, or retire it.']
				: []),
		...(p > 0.95 ? ['Nearly everybody gets it right: keep it only where nobody may get it wrong.'] : []),
		...(p < 0.3 ? ['Few get it right: look whether the content says it, and whether the case says enough.'] : []),
		...(idle
			? [
					`${idle === 1 ? 'One wrong option is' : `${idle} wrong options are`} chosen by nearly nobody: put in what people really do, or leave it out.`
				]
			: []),
		...(wrong && Number.isFinite(right) && wrong.share > right
			? ['More people choose a wrong option than the right one: it may be right too, or the content may mislead.']
			: [])
	];
}
