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

/** The fields of the page, `<question>.chosen` and so on, as answers. What nobody touched is not there. */
export function fromForm(values: Record<string, string>): Record<string, Record<string, unknown>> {
	const sheet: Record<string, Record<string, unknown>> = {};
	for (const [name, value] of Object.entries(values)) {
		const [question, part, piece] = name.split('.');
		if (!question || !part || !isId.test(question)) continue;
		const answer = (sheet[question] ??= {});
		switch (part) {
			case 'type':
				Object.assign(answer, emptyOf[value as QuestionType]);
				break;
			case 'chosen':
				answer.chosen = value.split(',').filter(Boolean);
				break;
			case 'place':
				if (piece && value)
					(answer.places ??= []) && (answer.places as [number, string][]).push([Number(value), piece]);
				break;
			case 'pair':
				if (piece && value) answer.pairs = { ...(answer.pairs as object), [piece]: value };
				break;
			case 'field':
				if (piece) answer.fields = { ...(answer.fields as object), [piece]: value };
				break;
			case 'x':
			case 'y':
				if (value.trim()) answer[part] = Number(value.replace(',', '.'));
				break;
			case 'text':
			case 'value':
			case 'unit':
			case 'url':
			case 'note':
				answer[part] = value;
				break;
			case 'fileId':
				if (value) answer.fileId = value;
				break;
		}
	}
	for (const answer of Object.values(sheet)) {
		if (!answer.places) continue;
		const places = answer.places as [number, string][];
		answer.keys = places.sort(([one], [other]) => one - other).map(([, piece]) => piece);
		delete answer.places;
	}
	return sheet;
}

const isId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What the form sends of a question of which nothing was touched. */
const emptyOf: Partial<Record<QuestionType, object>> = {
	choice: { chosen: [] },
	order: { keys: [] },
	match: { pairs: {} },
	form: { fields: {} }
};
