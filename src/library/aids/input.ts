import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { checkbox, id, line, tags, version, words } from '#src/core/items/input.ts';
import { aidTypes } from './aid.ts';
import { aidContent } from './content.ts';
import { patterns } from './pattern.ts';

/** Kinds of work, in the words of the house; a form sends them parted by commas. */
const roles = z.preprocess(
	(value) =>
		typeof value === 'string'
			? value
					.split(',')
					.map((each) => each.trim())
					.filter(Boolean)
			: value,
	z
		.array(line(60).pipe(z.string().toLowerCase()))
		.max(8, 'may have eight at most')
		.default([])
		.transform((all) => [...new Set(all)])
);

const nothing = (value: unknown) => (value === '' ? null : value);
const day = z.preprocess(nothing, z.iso.date('must be a date').nullable().default(null));
const aheadOrNone = day.refine(
	(value) => value === null || value >= new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
	'must lie ahead'
);

/** Where an aid belongs, and until when it holds. */
const bindings = { tags, roles, patterns, verifyBy: aheadOrNone };

export const newAid = z.strictObject({
	spaceId: id,
	title: line(200, 1),
	content: aidContent,
	...bindings,
	submission
});
export type NewAid = z.output<typeof newAid>;

export const aidEdit = z.strictObject({
	title: line(200, 1),
	content: aidContent,
	...bindings,
	// What was set before may stay, also when it has passed.
	verifyBy: day,
	note: line(200, 0).default(''),
	version
});
export type AidEdit = z.output<typeof aidEdit>;

export const verification = z.strictObject({ until: aheadOrNone });
export type VerificationInput = z.output<typeof verification>;

export const handover = z.strictObject({ ownerId: id });
export type Handover = z.output<typeof handover>;

export const retirement = z.strictObject({
	/** The aid that takes its place: its id, or the address of its page. */
	successorId: z.preprocess(
		(value) => (typeof value === 'string' ? (/[0-9a-f-]{36}/i.exec(value)?.[0] ?? (value.trim() || null)) : value),
		id.nullable()
	)
});
export type Retirement = z.output<typeof retirement>;

const step = z.coerce.number('must be a number').int('must be a whole number').min(0, 'must be 0 or more').max(999);

/** How far a run has come; the newest word counts, and nothing is ever taken back. */
export const runProgress = z.strictObject({ version, step: step.default(0), finished: checkbox.default(false) });
export type RunProgress = z.output<typeof runProgress>;

export const stuck = z.strictObject({ step, version: version.optional(), run: id.optional() });
export type Stuck = z.output<typeof stuck>;

export const aidFilter = z.strictObject({
	cursor: z.string().max(300).optional(),
	limit: z.coerce.number('must be a number').int().min(1).max(100).default(25),
	/** The address of a page of another application. */
	url: words(4000).optional(),
	tag: words(35).optional(),
	role: words(60).toLowerCase().optional(),
	type: z.enum(aidTypes).optional(),
	space: id.optional()
});
export type AidFilter = z.output<typeof aidFilter>;
