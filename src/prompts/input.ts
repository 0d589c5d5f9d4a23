import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { id, line, markdown, orNone, tags, version } from '#src/core/items/input.ts';

const DAY = 'must be a day, such as 2030-03-12';

/** One a line in a form, a list through the API; the first winner gets the first. */
const prizes = z.preprocess(
	(value) =>
		typeof value === 'string'
			? value
					.split('\n')
					.map((each) => each.trim())
					.filter(Boolean)
			: value,
	z.array(line(200, 1)).max(50, 'may be 50 at most').default([])
);

const settings = {
	title: line(200, 1),
	bodyMd: markdown(0).default(''),
	tags,
	/** What an entry must say. */
	rule: line(300, 1),
	closesOn: z.iso.date(DAY),
	announcesOn: orNone(z.iso.date(DAY)),
	prizes
};

interface Dates {
	closesOn: string;
	announcesOn?: string;
	prizes: string[];
}

/** Dates follow each other, and prizes need a day on which they are announced. */
function inOrder({ closesOn, announcesOn, prizes }: Dates, context: z.RefinementCtx): void {
	const tell = (message: string) => context.addIssue({ code: 'custom', path: ['announcesOn'], message });
	if (announcesOn && announcesOn <= closesOn) tell('must be after the last day for entries');
	if (!announcesOn && prizes.length > 0) tell('is needed where there are prizes');
}

export const newPrompt = z.strictObject({ spaceId: id, ...settings, submission }).superRefine(inOrder);
export type NewPrompt = z.output<typeof newPrompt>;

export const promptEdit = z.strictObject({ ...settings, note: line(200, 0).default(''), version }).superRefine(inOrder);
export type PromptEdit = z.output<typeof promptEdit>;

export const entryText = z.strictObject({
	answer: line(200, 1),
	why: markdown(1).pipe(z.string().max(1000, 'may have 1,000 characters at most'))
});
export type EntryText = z.output<typeof entryText>;

/** Why an entry does not take part; all read it. Empty: it does. */
export const asideWhy = z.strictObject({ why: line(300, 0).default('') });
