import type { Answer, AnswerTo } from './answer.ts';
import { holds } from './grading/places.ts';
import { exact, readNumber, size, times, within } from './grading/numbers.ts';
import { acceptedBy, spelled } from './grading/wording.ts';
import type { FormField, Quantity, QuestionContent, QuestionOf, QuestionType } from './question.ts';

/** The rules of grading below: a change of what they give is a new number, and past attempts keep theirs. */
export const GRADER = 1;

/** What an answer comes to. */
export interface Grade {
	/** From 0 to 1; null while a person has to judge it. */
	points: number | null;
	right: boolean;
	/** Why, in Markdown: first what concerns the answer, then what holds for the question. Tells the key. */
	said: string[];
}

type Graders = { [T in QuestionType]: (content: QuestionOf<T>, answer: AnswerTo<T>) => Grade };

/**
 * Grades an answer: the same for the same, whoever asks and when. Nothing answered is wrong, never refused, and no
 * answer that its schema lets in makes it throw.
 */
export function grade(content: QuestionContent, answer: Answer | null): Grade {
	const given =
		answer === null ? graded(0) : (graders[content.type] as Graders['choice'])(content as never, answer as never);
	return { ...given, said: [...given.said, content.why].filter(Boolean) };
}

/**
 * One chosen: right or wrong. Several: each right one is worth its share of the right ones, each wrong one takes
 * away as much, and there is nothing below 0.
 */
function choice({ options, multiple }: QuestionOf<'choice'>, { chosen }: AnswerTo<'choice'>): Grade {
	const picked = options.filter(({ key }) => chosen.includes(key));
	const right = options.filter((option) => option.right).length;
	const hits = picked.filter((option) => option.right).length;
	const why = picked.map((option) => option.why);
	if (!multiple) return graded(hits === 1 && picked.length === 1 ? 1 : 0, why);
	return graded(Math.max(0, 2 * hits - picked.length) / right, why);
}

/** Of all pairs of things: those in the right order less those in the wrong one; nothing below 0. */
function order({ items }: QuestionOf<'order'>, { keys }: AnswerTo<'order'>): Grade {
	const places = items.map(({ key }) => keys.indexOf(key));
	let [kept, pairs] = [0, 0];
	for (const [at, earlier] of places.entries()) {
		for (const later of places.slice(at + 1)) {
			pairs += 1;
			if (earlier >= 0 && later >= 0) kept += earlier < later ? 1 : -1;
		}
	}
	return graded(Math.max(0, kept) / pairs);
}

/** Each pair is worth its share. */
function match({ pairs }: QuestionOf<'match'>, { pairs: given }: AnswerTo<'match'>): Grade {
	const hits = pairs.filter(
		({ key, right }) => Object.hasOwn(given, key) && spelled(given[key] ?? '') === spelled(right)
	);
	return graded(hits.length / pairs.length);
}

function short(content: QuestionOf<'short'>, { text }: AnswerTo<'short'>): Grade {
	const accepted = acceptedBy(content, text);
	return graded(accepted?.share ?? 0, [accepted?.why ?? '']);
}

/** Right within the tolerance, in one of the units. A number that can be read in two ways is right if one of them is. */
function numeric(content: QuestionOf<'numeric'>, { value, unit }: AnswerTo<'numeric'>): Grade {
	return graded(isQuantity(content, value, unit) ? 1 : 0);
}

function isQuantity({ value, tolerance, units }: Quantity, typed: string, chosen: string): boolean {
	const { readings, unit } = readNumber(typed);
	const factor = factorOf(units, chosen, unit);
	if (factor === undefined) return false;
	const wanted = exact(value);
	const amount = exact(tolerance.amount);
	const allowed = tolerance.by === 'amount' ? amount : times(times(size(wanted), amount), { over: 1n, under: 100n });
	return readings.some((reading) => within(times(reading, exact(factor)), wanted, allowed));
}

/** Without units of the question none is asked for; with units one of them is needed, chosen or typed. */
function factorOf(units: Quantity['units'], chosen: string, typed: string): number | undefined {
	if (units.length === 0) return 1;
	const name = spelled(chosen) || spelled(typed);
	const same = units.filter((unit) => spelled(unit.name).toLowerCase() === name.toLowerCase());
	return (same.find((unit) => spelled(unit.name) === name) ?? (same.length === 1 ? same[0] : undefined))?.factor;
}

/** A place in a right area is right, whatever else lies there. */
function hotspot({ areas }: QuestionOf<'hotspot'>, at: AnswerTo<'hotspot'>): Grade {
	const hit = areas.filter(({ area }) => holds(area, at));
	const first = hit.find(({ right }) => right) ?? hit[0];
	return graded(first?.right ? 1 : 0, [first?.why ?? '']);
}

/** Each field is worth its share. Fields that stay empty at work count once something was filled in. */
function form({ fields }: QuestionOf<'form'>, { fields: given }: AnswerTo<'form'>): Grade {
	const typed = (key: string) => (Object.hasOwn(given, key) ? (given[key] ?? '').trim() : '');
	const begun = fields.every(({ kind }) => kind === 'empty') || fields.some(({ key }) => typed(key));
	if (!begun) return graded(0);
	return graded(sum(fields.map((field) => fieldShare(field, typed(field.key)))) / fields.length);
}

function fieldShare(field: FormField, typed: string): number {
	switch (field.kind) {
		case 'text':
			return acceptedBy(field, typed)?.share ?? 0;
		case 'number':
			return isQuantity(field, typed, '') ? 1 : 0;
		case 'empty':
			return typed ? 0 : 1;
		default:
			return spelled(typed) === spelled(field.value) ? 1 : 0;
	}
}

/** Somebody looks at what was shown; nothing shown is wrong at once. */
function show(_content: QuestionOf<'show'>, { fileId, url }: AnswerTo<'show'>): Grade {
	return fileId || url ? { points: null, right: false, said: [] } : graded(0);
}

const graders: Graders = { choice, order, match, short, numeric, hotspot, form, show };

/** What a rubric's levels come to, as a share of its best ones. @param levels the place of the chosen level by criterion */
export function judged({ rubric }: Pick<QuestionOf<'show'>, 'rubric'>, levels: Record<string, number>): number {
	const best = sum(rubric.map((criterion) => Math.max(...criterion.levels.map(({ points }) => points))));
	const given = sum(rubric.map((criterion) => criterion.levels[levels[criterion.key] ?? -1]?.points ?? 0));
	return best > 0 ? given / best : 1;
}

/** Whether the bar is reached; a third and two thirds make a whole. */
export const reaches = (points: number, most: number, percent: number): boolean =>
	most > 0 && points * 100 >= most * percent - 1e-4;

const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0);

/** A share is right when nothing is missing but what adding floats loses. */
function graded(share: number, said: string[] = []): Grade {
	const points = share > 1 - 1e-9 ? 1 : share;
	return { points, right: points === 1, said };
}
