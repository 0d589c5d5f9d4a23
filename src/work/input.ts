import { z } from 'zod';
import { checkbox, id, line, orNone, words } from '#src/core/items/input.ts';
import { LONGEST_URL, parseUrl } from '#src/core/web/url.ts';
import { senders } from './prompt.ts';
import { goalStates, noteKinds } from './work.ts';

/** Earlier and later than these no work is noted. */
const FIRST = '1950-01-01';
const LAST = '2150-12-31';

const day = z.iso
	.date('must be a day, such as 2026-12-24')
	.refine((value) => value >= FIRST && value <= LAST, `must lie between ${FIRST} and ${LAST}`);

/** Several lines, without markup. */
const text = (max: number, min = 1) =>
	words(max)
		.transform((value) => value.replace(/\r\n?/g, '\n').trim())
		.pipe(z.string().min(min, 'is needed'));

export const goalInput = z.strictObject({
	title: line(200),
	why: text(2_000, 0).default(''),
	sign: line(300, 0).default(''),
	reachBy: orNone(day)
});
export type GoalInput = z.output<typeof goalInput>;

export const goalState = z.strictObject({ state: z.enum(goalStates, 'must be open, reached or dropped') });

export const noteInput = z.strictObject({
	kind: z.enum(noteKinds, 'must be evidence or reflection').default('evidence'),
	text: text(5_000),
	address: z
		.string()
		.trim()
		.max(LONGEST_URL, `may have ${LONGEST_URL} characters at most`)
		.refine((value) => value === '' || parseUrl(value) !== undefined, 'must be the address of a page')
		.default(''),
	goalId: orNone(id),
	/** Today where it is left out. */
	happenedOn: orNone(day)
});
export type NoteInput = z.output<typeof noteInput>;

export const noteFilter = z.strictObject({
	kind: orNone(z.enum(noteKinds, 'must be evidence or reflection')),
	goalId: orNone(id),
	cursor: z.string().max(300).optional(),
	limit: z.coerce.number('must be a number').int().min(1).max(100).default(30)
});
export type NoteFilter = z.output<typeof noteFilter>;

export const year = z.coerce.number('must be a year').int('must be a year').min(1950).max(2150);

/** For whom a copy of the year is made, by their e-mail address. */
export const newShare = z.strictObject({
	email: z.string('is needed').trim().pipe(z.email('must be an e-mail address'))
});

/** What one would tell the next person, as a reflection. */
export const promptAnswer = z.strictObject({ text: text(5_000), goalId: orNone(id) });
export type PromptAnswer = z.output<typeof promptAnswer>;

export const pace = z.strictObject({
	aWeek: z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(0, 'must be 0 to 7')
		.max(7, 'must be 0 to 7'),
	pausedUntil: orNone(day)
});
export type Pace = z.output<typeof pace>;

export const newHook = z.strictObject({
	name: line(80),
	sender: z.enum(senders, `must be one of ${senders.join(', ')}`),
	account: line(200, 0).default(''),
	forAll: checkbox
});
export type NewHook = z.output<typeof newHook>;
