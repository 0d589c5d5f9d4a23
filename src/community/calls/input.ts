import { z } from 'zod';
import { id, tag } from '#src/core/items/input.ts';

/** What is asked: about a tag of the space, or a page in it. */
export const newCall = z.discriminatedUnion(
	'kind',
	[
		z.strictObject({ kind: z.literal('write'), topic: tag }),
		z.strictObject({ kind: z.literal('second'), topic: tag }),
		z.strictObject({ kind: z.literal('improve'), topic: id })
	],
	'must be write, second or improve'
);
export type NewCall = z.output<typeof newCall>;

export const callAnswer = z.strictObject({ answer: z.enum(['yes', 'no'], 'must be yes or no') });
export type CallAnswer = z.output<typeof callAnswer>;
