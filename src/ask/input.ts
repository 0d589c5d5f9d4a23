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

export const personAsk = z.strictObject({ personId: id });
export type PersonAsk = z.output<typeof personAsk>;

/** What a question is going to be about, while it is being written: unfinished words do no harm. */
export const topic = z.object({
	title: z.string().max(1000).default(''),
	space: id.optional().catch(undefined),
	tags: tags.catch([])
});
