import { z } from 'zod';
import { newComment, submission } from '#src/core/items/actions-input.ts';
import { checkbox, id, itemId, line, markdown, tags, version } from '#src/core/items/input.ts';

export const newQuestion = z.strictObject({
	spaceId: id,
	title: line(200, 8),
	bodyMd: z.string().default('').pipe(markdown(0)),
	tags,
	anonymous: checkbox.default(false),
	submission
});
export type NewQuestion = z.output<typeof newQuestion>;

export const questionEdit = z.strictObject({
	title: line(200, 8),
	bodyMd: markdown(0),
	tags,
	note: line(200, 0).default(''),
	version
});

export type QuestionEdit = z.output<typeof questionEdit>;

export const newAnswer = z.strictObject({ bodyMd: markdown(1), submission });
export type NewAnswer = z.output<typeof newAnswer>;

export const answerEdit = z.strictObject({ bodyMd: markdown(1), note: line(200, 0).default(''), version });
export type AnswerEdit = z.output<typeof answerEdit>;

/** What is missing in a question, as a comment on it. */
export const infoRequest = newComment;
export type InfoRequest = z.output<typeof infoRequest>;

/** The original: its id, or the address of its page. */
export const duplicate = z.strictObject({ originalId: itemId });

/** Of all questions half, or nine of ten, within so many working hours of whoever asked. */
export const answerPromise = z.strictObject({
	share: z.coerce
		.number('must be 50 or 90')
		.pipe(z.union([z.literal(50), z.literal(90)], 'must be 50 or 90'))
		.describe('Of a hundred questions'),
	hours: z.coerce
		.number('must be a number')
		.int('must be whole hours')
		.min(1, 'must be 1 at least')
		.max(40, 'may be 40 at most')
		.describe('Working hours of whoever asked')
});
export type AnswerPromise = z.output<typeof answerPromise>;

export const personAsk = z.strictObject({ personId: id });
export type PersonAsk = z.output<typeof personAsk>;

/** What a question is going to be about, while it is being written: unfinished words do no harm. */
export const topic = z.object({
	title: z.string().max(1000).default(''),
	space: id.optional().catch(undefined),
	tags: tags.catch([])
});
