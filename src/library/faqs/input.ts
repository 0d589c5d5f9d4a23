import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { id, itemId, line, markdown, orNone, tags, version } from '#src/core/items/input.ts';

const about = { title: line(200, 3), bodyMd: z.string().default('').pipe(markdown(0)), tags };

export const newFaq = z.strictObject({
	...about,
	spaceId: id,
	/** The answered question it begins with. */
	questionId: orNone(itemId),
	submission
});
export type NewFaq = z.output<typeof newFaq>;

export const faqEdit = z.strictObject({ ...about, note: line(200, 0).default(''), version });
export type FaqEdit = z.output<typeof faqEdit>;

/** An answered question: its id, or the address of its page. */
export const newFaqEntry = z.strictObject({ questionId: itemId });

export const faqEntryText = z.strictObject({
	question: line(200, 3),
	answerMd: markdown(1).pipe(z.string().max(20_000, 'may have 20,000 characters at most'))
});
export type FaqEntryText = z.output<typeof faqEntryText>;

/** `source`: the new text of the question; `ours`: what stands in the FAQ. */
export const sourceChoice = z.strictObject({ take: z.enum(['source', 'ours'], 'must be source or ours') });
export type SourceChoice = z.output<typeof sourceChoice>;

/** One place up or down. */
export const entryMove = z.strictObject({ move: z.enum(['up', 'down'], 'must be up or down') });
export type EntryMove = z.output<typeof entryMove>;

export const entryId = z.strictObject({ entryId: id });
