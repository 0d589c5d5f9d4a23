import { z } from 'zod';
import { id, markdown } from '#src/core/items/input.ts';
import { answers, type Answer } from '../answer.ts';
import type { QuestionType } from '../question.ts';

/** Answers by question, in the names of its pieces, and the revision of the attempt that they started from. */
export const answerSheet = z.strictObject({
	revision: z.coerce.number('must be a number').int('must be a whole number').min(0).max(2_147_483_647),
	answers: z.record(id, z.record(z.string().max(40), z.unknown())).default({})
});
export type AnswerSheet = z.output<typeof answerSheet>;

/** The place of the chosen level by criterion, and what is said to whoever showed it. */
export const judgement = z.strictObject({
	questionId: id,
	levels: z.record(z.string().max(40), z.coerce.number('must be a level').int().min(0).max(5)),
	note: markdown(0).pipe(z.string().max(4000, 'may have 4,000 characters at most')).default('')
});
export type Judgement = z.output<typeof judgement>;

/** One answer of a type as it came. @throws ZodError, whose paths are those of the answer */
export const readAnswer = (type: QuestionType, value: unknown): Answer => answers[type].parse(value) as Answer;

/** Whether anything was answered: what is empty is kept as nothing. */
export function isEmpty(answer: Answer): boolean {
	if ('x' in answer) return false;
	return Object.values(answer).every((value) =>
		Array.isArray(value)
			? value.length === 0
			: value && typeof value === 'object'
				? Object.values(value).every((each) => each === '')
				: !value
	);
}
