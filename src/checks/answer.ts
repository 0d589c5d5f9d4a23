import { z } from 'zod';
import type { QuestionType } from './question.ts';

const key = z.string().max(40);
const link = z.url({ protocol: /^https?$/ });
const typed = z.string().max(5000, 'may have 5,000 characters at most');

/** What a person answers, by the type of the question; whatever is left open is wrong, never refused. */
export const answers = {
	/** The keys of what was chosen. */
	choice: z.strictObject({ chosen: z.array(key).max(12) }),
	/** The keys in the order they were brought into. */
	order: z.strictObject({ keys: z.array(key).max(12) }),
	/** The key of a left one with the words of the right one. */
	match: z.strictObject({ pairs: z.record(key, z.string().max(300)) }),
	short: z.strictObject({ text: typed }),
	/** As typed: `1,250.5`, `1 250,5`. */
	numeric: z.strictObject({ value: z.string().max(60), unit: z.string().max(30).default('') }),
	/** Per cent of the picture from its upper left corner. */
	hotspot: z.strictObject({ x: z.number().min(0).max(100), y: z.number().min(0).max(100) }),
	/** The key of a field with what was filled in. */
	form: z.strictObject({ fields: z.record(key, z.string().max(2000)) }),
	/** An uploaded file by its id, or a link, and what to look at. */
	show: z.strictObject({
		fileId: z.uuid().optional(),
		url: z
			.string()
			.max(2000, 'may have 2,000 characters at most')
			.refine((url) => url === '' || link.safeParse(url).success, 'must be a link that begins with https:// or http://')
			.default(''),
		note: typed.default('')
	})
} satisfies Record<QuestionType, z.ZodType>;
export type AnswerTo<T extends QuestionType> = z.output<(typeof answers)[T]>;
export type Answer = { [T in QuestionType]: AnswerTo<T> }[QuestionType];
