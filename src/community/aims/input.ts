import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { id, itemId, line, markdown, orNone, version } from '#src/core/items/input.ts';
import { scopes, states } from './aim.ts';

const text = (max: number) =>
	markdown(1).pipe(z.string().max(max, `may have ${max.toLocaleString('en')} characters at most`));
const day = z.iso
	.date('must be a day, such as 2030-03-12')
	.refine((one) => one >= '1970-01-01' && one <= '2199-12-31', 'must lie between 1970 and 2199');
const value = z.coerce.number('must be a number').min(-1e15, 'is too small').max(1e15, 'is too large');
/** 0 where there is none yet. */
const seen = z.coerce.number('must be a number').int('must be a whole number').min(0).max(2_147_483_647);

export const scope = z.object({ kind: z.enum(scopes, 'must be space or area'), id });

export const purposeEdit = z.strictObject({ purpose: text(2000), version: seen });
export type PurposeEdit = z.output<typeof purposeEdit>;

const aim = {
	title: line(200, 3),
	/** What one would see at work. */
	seen: text(1000),
	metricId: orNone(itemId),
	target: orNone(value),
	reviewOn: day
};
const withTarget = ({ metricId, target }: { metricId?: string; target?: number }, context: z.RefinementCtx): void => {
	if (metricId && target === undefined)
		context.addIssue({ code: 'custom', path: ['target'], message: 'is needed where there is a figure' });
	if (!metricId && target !== undefined)
		context.addIssue({ code: 'custom', path: ['target'], message: 'needs a figure to be seen in' });
};

export const newAim = z.strictObject({ ...aim, submission }).superRefine(withTarget);
export type NewAim = z.output<typeof newAim>;
export const aimEdit = z.strictObject({ ...aim, version }).superRefine(withTarget);
export type AimEdit = z.output<typeof aimEdit>;

/** What was learnt, and how it goes on; an aim that goes on has a next day of review. */
export const newAimReview = z
	.strictObject({
		state: z.enum(states, 'must be open, met, not_met or dropped'),
		learnt: text(2000),
		next: orNone(day),
		submission
	})
	.superRefine(({ state, next }, context) => {
		if (state === 'open' && !next)
			context.addIssue({ code: 'custom', path: ['next'], message: 'is needed while it goes on' });
	});
export type NewAimReview = z.output<typeof newAimReview>;
