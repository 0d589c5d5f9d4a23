import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { id, itemId, line, markdown, tags, version } from '#src/core/items/input.ts';

/** What a form leaves empty is not there. */
export const orNone = <T extends z.ZodType>(inner: T) =>
	z.preprocess((value) => (value === '' || value === undefined ? null : value), inner.nullable().default(null));

const whole = (min: number, max: number) =>
	z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(min, `must be ${min} at least`)
		.max(max, `may be ${max} at most`);

/** Nothing that is asked of somebody takes longer, in minutes. */
export const FLOW_BUDGET = 15;
/** What refuses more: a law of the house, not a warning. */
export const FLOW_RULE = 'flow-budget';

const minutes = z.coerce
	.number('must be a number')
	.int('must be a whole number')
	.min(1, 'must be 1 at least')
	.max(FLOW_BUDGET, `may be ${FLOW_BUDGET} at most: nothing asked of somebody takes longer (${FLOW_RULE})`);

/** What somebody responsible says who signs a check off. */
export const signOffNote = z.strictObject({ note: line(500, 0).default('') });
export type SignOffNote = z.output<typeof signOffNote>;

/** How many questions of an objective an attempt draws; an objective of the bank by its id, a new one by its title. */
const draw = z
	.strictObject({ objectiveId: orNone(id), title: line(200, 0).default(''), draws: whole(0, 20).default(0) })
	.refine(({ objectiveId, title }) => objectiveId !== null || title !== '', {
		path: ['title'],
		message: 'is needed'
	});

const facts = {
	title: line(200),
	/** What it is about: everybody reads it before they begin. */
	bodyMd: markdown(0).default(''),
	tags,
	minutes,
	/** What working through the content takes; somebody who passes without it has these back. */
	contentMinutes: z.preprocess((value) => (value === '' ? 0 : value), whole(0, 600).default(0)),
	passPercent: whole(1, 100).default(80),
	/** Only where the job has a clock itself: seconds for the whole, and what the clock is at work. */
	jobSeconds: orNone(whole(5, 900)),
	jobClock: orNone(line(300)),
	objectives: z.array(draw).max(20, 'may have 20 at most').default([]),
	content: z.array(itemId).max(30, 'may have 30 at most').default([]),
	expertId: orNone(id),
	/** A question of this house, and an FAQ: ids or addresses of their pages. */
	threadId: orNone(itemId),
	faqId: orNone(itemId)
};

interface Clock {
	jobSeconds: number | null;
	jobClock: string | null;
}

/** A clock without its reason, or a reason without its clock: said at both fields. */
function wholeClock({ jobSeconds, jobClock }: Clock, context: z.RefinementCtx): void {
	if ((jobSeconds === null) === (jobClock === null)) return;
	const clock = 'stands with what the clock is at work, and only where the job has one';
	const issues = { jobSeconds: jobClock ? 'is needed' : clock, jobClock: jobClock ? clock : 'is needed' };
	for (const [name, message] of Object.entries(issues)) context.addIssue({ code: 'custom', path: [name], message });
}

export const newCheck = z
	.strictObject({
		spaceId: id,
		...facts,
		/** A bank that is there already; without one the check has its own. */
		bankId: orNone(id),
		submission
	})
	.superRefine(wholeClock);
export type NewCheck = z.output<typeof newCheck>;

export const checkEdit = z.strictObject({ ...facts, note: line(200, 0).default(''), version }).superRefine(wholeClock);
export type CheckEdit = z.output<typeof checkEdit>;
