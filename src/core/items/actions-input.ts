/** What people may send with the actions that work on every item. */
import { z } from 'zod';
import { id, line, markdown, tag, version } from './input.ts';

/** Made when a form is shown; the same one twice is the same submission. */
export const submission = id.optional();

export const newComment = z.strictObject({
	bodyMd: markdown(1).pipe(z.string().max(5000, 'may have 5,000 characters at most')),
	submission
});
export type NewComment = z.output<typeof newComment>;

/** What a thread came to, in a few lines. */
export const outcomeText = z.strictObject({
	bodyMd: markdown(1).pipe(z.string().max(3000, 'may have 3,000 characters at most'))
});
export type OutcomeText = z.output<typeof outcomeText>;

/** What a version puts right, for those who used one with the error; `since` is the first such version. */
export const correctionText = z.strictObject({ since: version, note: line(300, 1) });
export type CorrectionText = z.output<typeof correctionText>;

export const commentEdit = z.strictObject({ bodyMd: newComment.shape.bodyMd, version });
export type CommentEdit = z.output<typeof commentEdit>;

/** An empty field of a form means: not told. */
const optionalNumber = (max: number) =>
	z.preprocess(
		(value) => (value === '' || value === null ? undefined : value),
		z.coerce
			.number('must be a number')
			.int('must be a whole number')
			.min(1, 'must be 1 or more')
			.max(max, `may be ${max} at most`)
			.optional()
	);

export const helpedMark = z.strictObject({ minutesSaved: optionalNumber(10_000), note: line(200, 0).default('') });
export type HelpedMark = z.output<typeof helpedMark>;

export const flagNote = z.strictObject({ note: line(500, 0).default('') });
export type FlagNote = z.output<typeof flagNote>;

export const flagSettlement = z.strictObject({
	as: z.enum(['still_right', 'updated'], 'must be still_right or updated')
});
export type FlagSettlement = z.output<typeof flagSettlement>;

export const followTarget = z.discriminatedUnion('targetKind', [
	z.strictObject({ targetKind: z.literal('tag'), target: tag }),
	z.strictObject({ targetKind: z.enum(['item', 'space', 'person']), target: id })
]);
export type FollowTarget = z.output<typeof followTarget>;
