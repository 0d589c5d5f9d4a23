import { z } from 'zod';
import { line, markdown } from '#src/core/items/input.ts';

const words = (max: number) =>
	z
		.string()
		.default('')
		.pipe(markdown(0))
		.pipe(z.string().max(max, `may have ${max.toLocaleString('en')} characters at most`));

/** A file of this house, as the upload gives its address. */
const file = z
	.string('is needed')
	.trim()
	// Signs that would end a link of a text.
	.overwrite((address) => address.replace(/[()']/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`))
	.regex(/^\/files\/[0-9a-f-]{36}\/[^\s/?#<>"'()[\]\\]{1,400}$/i, 'must be a file that was uploaded here');
const maybeFile = z.union([z.literal(''), file]).default('');

const intro = words(2000);
const list = <T extends z.ZodType>(each: T, max: number, what: string) =>
	z.array(each, 'is needed').min(1, `needs at least one ${what}`).max(max, `may have ${max} at most`);

const described = { image: maybeFile, alt: line(300, 0).default('') };
/** A picture that is not described is none for those who cannot see it. */
const isDescribed = ({ image, alt }: { image: string; alt: string }) => !image || alt !== '';
const DESCRIBE = { path: ['alt'], message: 'is needed: say what the picture shows' };

const checklist = z.strictObject({
	type: z.literal('checklist'),
	intro,
	items: list(
		z.strictObject({ text: line(300), note: words(2000), group: line(80, 0).default('') }),
		100,
		'thing to tick'
	)
});

const steps = z.strictObject({
	type: z.literal('steps'),
	intro,
	steps: list(
		z.strictObject({ title: line(200), text: words(4000), ...described }).refine(isDescribed, DESCRIBE),
		60,
		'step'
	)
});

const decision = z
	.strictObject({
		type: z.literal('decision'),
		intro,
		questions: list(line(160), 6, 'question'),
		/** An empty answer means: whatever it is. */
		rules: list(z.strictObject({ when: z.array(line(120, 0)).max(6), then: line(500) }), 60, 'rule')
	})
	.superRefine(({ questions, rules }, context) => {
		rules.forEach(({ when }, index) => {
			if (when.length > questions.length)
				context.addIssue({
					code: 'custom',
					path: ['rules', index, 'when'],
					message: 'has more answers than there are questions'
				});
		});
	});

const node = z.strictObject({
	id: z.string().regex(/^[\w-]{1,40}$/, 'may hold letters, digits, - and _ only'),
	text: line(200),
	/** Where it leads: nowhere at an end, one way on after a step, several after a question. */
	next: z
		.array(z.strictObject({ to: z.string().max(40), label: line(60, 0).default('') }))
		.max(8, 'may lead eight ways at most')
		.default([])
});

const flow = z
	.strictObject({ type: z.literal('flow'), intro, nodes: list(node, 80, 'step') })
	.superRefine(({ nodes }, context) => {
		const ids = new Set<string>();
		nodes.forEach(({ id }, index) => {
			if (ids.has(id)) context.addIssue({ code: 'custom', path: ['nodes', index, 'id'], message: 'is there twice' });
			ids.add(id);
		});
		nodes.forEach(({ next }, index) => {
			const add = (message: string) => context.addIssue({ code: 'custom', path: ['nodes', index, 'next'], message });
			if (next.some(({ to }) => !ids.has(to))) add('leads to a step that is not there');
			if (next.length > 1 && next.some(({ label }) => !label)) add('leads several ways: each needs its answer');
			if (new Set(next.map(({ label }) => label.toLowerCase())).size < next.length) add('has the same answer twice');
		});
	});

const reference = z
	.strictObject({
		type: z.literal('reference'),
		intro,
		columns: list(line(80), 8, 'column'),
		rows: list(z.array(line(300, 0)).max(8), 300, 'row')
	})
	.superRefine(({ columns, rows }, context) => {
		rows.forEach((row, index) => {
			if (row.length > columns.length)
				context.addIssue({ code: 'custom', path: ['rows', index], message: 'has more cells than there are columns' });
		});
	});

const template = z.strictObject({
	type: z.literal('template'),
	intro,
	/** Gaps stand in double braces: {{name of the customer}}. */
	text: markdown(1).pipe(z.string().max(20_000, 'may have 20,000 characters at most'))
});

const infographic = z.strictObject({
	type: z.literal('infographic'),
	intro,
	image: file,
	alt: line(300),
	text: words(10_000)
});

const screencast = z.strictObject({
	type: z.literal('screencast'),
	intro,
	video: file,
	steps: list(
		z.strictObject({
			/** Seconds from the beginning. */
			at: z.number('must be a time such as 1:20').int().min(0).max(36_000, 'must lie within ten hours'),
			title: line(200),
			text: words(4000)
		}),
		60,
		'step, for those who cannot watch'
	)
});

/** What an aid says, by its type. */
export const aidContent = z.discriminatedUnion(
	'type',
	[checklist, steps, decision, flow, reference, template, infographic, screencast],
	'must be one of the types of job aids'
);
export type AidContent = z.output<typeof aidContent>;
export type ContentOf<T extends AidContent['type']> = Extract<AidContent, { type: T }>;
export type FlowNode = z.output<typeof node>;
