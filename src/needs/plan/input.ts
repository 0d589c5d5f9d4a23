import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { id, itemId, line, markdown, none, orNone } from '#src/core/items/input.ts';
import { verdicts } from './plan.ts';

const day = z.iso.date('must be a day, such as 2030-03-12');
const value = z.coerce.number('must be a number').min(-1e15, 'is too small').max(1e15, 'is too large');
const money = z.preprocess(
	none,
	z.coerce
		.number('must be a number')
		.min(0, 'must be 0 or more')
		.max(1e12, 'may be 1,000,000,000,000 at most')
		.default(0)
);
const text = (max: number) =>
	markdown(1).pipe(z.string().max(max, `may have ${max.toLocaleString('en')} characters at most`));
/** 0 where there is none yet. */
const seen = z.coerce.number('must be a number').int('must be a whole number').min(0).max(2_147_483_647);

/**
 * The plan of a need. The baseline comes first: from a figure that is kept here, or typed in with the day and
 * where it was read.
 */
export const planEdit = z
	.strictObject({
		ownerId: id,
		hypothesis: text(2000),
		metricId: orNone(id),
		figure: line(300, 0).default(''),
		baseline: orNone(value),
		baselineOn: orNone(day),
		baselineSource: line(300, 0).default(''),
		target: value,
		reviewOn: day,
		budget: money,
		saves: money,
		/** Another need that what is saved pays for, by its address. */
		fundsId: orNone(itemId),
		fundsNote: line(300, 0).default(''),
		version: seen
	})
	.superRefine(({ metricId, figure, baseline, baselineOn, baselineSource }, context) => {
		if (metricId !== undefined && baseline === undefined) return;
		const missing = {
			...(metricId === undefined && figure === '' && { figure: 'is needed, or a figure that is kept here' }),
			...(baseline === undefined && { baseline: 'is needed: it is captured first' }),
			...(baselineOn === undefined && { baselineOn: 'is needed' }),
			...(baselineSource === '' && { baselineSource: 'is needed' })
		};
		for (const [path, message] of Object.entries(missing)) context.addIssue({ code: 'custom', path: [path], message });
	});
export type PlanEdit = z.output<typeof planEdit>;

const step = { option: z.string().min(1, 'is needed').max(40), title: line(200, 3), ownerId: id, byOn: day };
export const newStep = z.strictObject({ ...step, submission });
export type NewStep = z.output<typeof newStep>;
export const stepEdit = z.strictObject({
	title: step.title,
	ownerId: id,
	byOn: day,
	version: z.coerce.number('must be a number').int('must be a whole number').min(1).max(2_147_483_647)
});
export type StepEdit = z.output<typeof stepEdit>;

/** What was made of a step: the address of something that is here. */
export const madeOfStep = z.strictObject({ itemId });

export const newReview = z.strictObject({
	value,
	verdict: z.enum(verdicts, 'must be met, not_met or cannot_tell'),
	says: text(2000),
	/** When to look again; empty where nobody needs to. */
	next: orNone(day),
	submission
});
export type NewReview = z.output<typeof newReview>;
