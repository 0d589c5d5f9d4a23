import { z } from 'zod';
import { checkbox, id, line, markdown, orNone } from '#src/core/items/input.ts';
import { qualities, type Quality } from './qualities.ts';

const whole = (min: number, max: number) =>
	z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(min, `must be ${min} at least`)
		.max(max, `may be ${max} at most`);

const day = z.iso.date('must be a date, such as 2030-01-31');

/** Whether a check has one of the five characteristics of learning at work; if not, why it cannot. */
const quality = z
	.strictObject({ met: checkbox.default(false), why: line(300, 0).default('') })
	.refine(({ met, why }) => met || why !== '', { path: ['why'], message: 'needs a reason where it is not so' });

const text = z.string().default('').pipe(markdown(0)).pipe(z.string().max(4000, 'may have 4,000 characters at most'));

/** Ids or e-mail addresses; a form sends them as one text. */
const people = z.preprocess(
	(value) => (typeof value === 'string' ? value.split(/[\s,;]+/).filter(Boolean) : value),
	z
		.array(z.union([id, z.email().toLowerCase()], 'must be ids or e-mail addresses'))
		.max(500, 'may have 500 at most')
		.default([])
);

type Dates = { dueOn?: string; dueDays?: number };
function oneDate({ dueOn, dueDays }: Dates, { addIssue }: z.RefinementCtx): void {
	if ((dueOn === undefined) !== (dueDays === undefined)) return;
	const message = 'is needed, or a number of days after somebody is asked; not both';
	addIssue({ code: 'custom', path: ['dueOn'], message });
	addIssue({ code: 'custom', path: ['dueDays'], message: 'is needed, or a date; not both' });
}

const dates = { dueOn: orNone(day), dueDays: orNone(whole(1, 365)) };

const hasLaw = ({ legalText, legalSource }: { legalText: string; legalSource: string }) =>
	legalText.trim() !== '' || legalSource !== '';
const REASON = 'is needed, or an analysis that found a lack of knowledge or skill';

/** Asks people to pass a check. There is no asking without the law or rule behind it, or what work was found to lack. */
export const newAsking = z
	.strictObject({
		/** What it demands, and where it stands. */
		legalText: text,
		legalSource: line(300, 0).default(''),
		/** Or a recorded analysis of a problem at work that found a lack of knowledge or skill. */
		analysisId: orNone(id),
		/** Whether it demands to know who has passed: those responsible then see who has not yet. */
		legalNames: checkbox.default(false),
		...dates,
		/** After so many months it is to be passed again; empty where once is enough. */
		renewMonths: orNone(whole(1, 120)),
		qualities: z.strictObject(
			Object.fromEntries(qualities.map(({ name }) => [name, quality])) as Record<Quality, typeof quality>,
			'are needed'
		),
		audience: z.enum(['people', 'space', 'everybody'], 'must be people, space or everybody'),
		spaceId: orNone(id),
		people,
		/** Made when the form is shown: a double click asks once. */
		submission: id.optional()
	})
	.refine((input) => input.legalText.trim() !== '' || (input.analysisId && !hasLaw(input)), {
		path: ['legalText'],
		message: REASON
	})
	.refine((input) => input.legalSource !== '' || (input.analysisId && !hasLaw(input)), {
		path: ['legalSource'],
		message: REASON
	})
	.refine((input) => !input.legalNames || hasLaw(input), {
		path: ['legalNames'],
		message: 'needs the law or rule that demands it'
	})
	.superRefine(oneDate)
	.refine(({ audience, spaceId }) => audience !== 'space' || spaceId, { path: ['spaceId'], message: 'is needed' })
	.refine(({ audience, people }) => audience !== 'people' || people.length > 0, {
		path: ['people'],
		message: 'needs somebody to ask'
	});
export type NewAsking = z.output<typeof newAsking>;

/** More time. */
export const laterDate = z.strictObject(dates).superRefine(oneDate);
export type LaterDate = z.output<typeof laterDate>;

/** How long a check is not to be reminded of. What is asked stays in sight. */
export const quietFor = z.strictObject({
	for: z.enum(['week', 'month', 'always', 'off'], 'must be week, month, always or off')
});
export type QuietFor = z.output<typeof quietFor>;
