import { z } from 'zod';
import { line, markdown } from '#src/core/items/input.ts';
import { contentPart } from './part.ts';

export const questionTypes = ['choice', 'order', 'match', 'short', 'numeric', 'hotspot', 'form', 'show'] as const;
export type QuestionType = (typeof questionTypes)[number];

const text = (max: number, min = 1) =>
	markdown(min).pipe(z.string().max(max, `may have ${max.toLocaleString('en')} characters at most`));
const list = <T extends z.ZodType>(each: T, min: number, max: number, what: string) =>
	z.array(each, 'is needed').min(min, `needs at least ${min} ${what}`).max(max, `may have ${max} at most`);

/** Names a piece of a question in answers; it stays when the piece is worded anew. */
const key = z.string().regex(/^[\w-]{1,40}$/, 'may hold letters, digits, - and _ only');

const common = {
	/** The case and what is asked, as Markdown. */
	prompt: text(10_000),
	/** Said after the attempt, right or wrong: why it is so. */
	why: text(4000, 0).default(''),
	/** Where the content says it. */
	parts: z.array(contentPart).max(20, 'may have 20 at most').default([])
};

/** A picture or film of this house, as an upload gives its address. */
const file = z.string('is needed').regex(/^\/files\/[0-9a-f-]{36}\/[^\s/?#<>"'()[\]\\]{1,400}$/i, {
	error: 'must be a file that was uploaded here'
});

/** One right, or with `multiple` each that is right and no other. */
const choice = z.strictObject({
	type: z.literal('choice'),
	...common,
	multiple: z.boolean().default(false),
	options: list(
		z.strictObject({ key, text: text(2000), right: z.boolean(), why: text(2000, 0).default('') }),
		2,
		12,
		'options'
	)
});

/** Things to bring into order; they stand here in the right one. */
const order = z.strictObject({
	type: z.literal('order'),
	...common,
	items: list(z.strictObject({ key, text: text(500) }), 2, 12, 'things to order')
});

/** Each left one has its right one; `others` on the right belong to none. */
const match = z.strictObject({
	type: z.literal('match'),
	...common,
	pairs: list(z.strictObject({ key, left: text(500), right: line(300) }), 2, 12, 'pairs'),
	others: z.array(line(300)).max(12, 'may have 12 at most').default([])
});

/**
 * An answer that counts as right, wholly or for a share of the points. `words` compares without regard to spaces and
 * (unless asked) case, with `*` for anything; `pattern` is a regular expression over the whole answer (RE2's syntax:
 * it cannot run away).
 */
const accepted = z.strictObject({
	match: z.enum(['words', 'pattern']).default('words'),
	text: line(500),
	share: z.number().gt(0, 'must be more than 0').max(1, 'may be 1 (100 %) at most').default(1),
	why: text(2000, 0).default('')
});

const wording = {
	accepted: list(accepted, 1, 30, 'accepted answer'),
	/** Whether large and small letters differ. */
	exactCase: z.boolean().default(false)
};
const short = z.strictObject({ type: z.literal('short'), ...common, ...wording });

const finite = z.number('must be a number').refine(Number.isFinite, 'must be a number');
const quantity = {
	value: finite,
	/** How far off an answer may be: so much, or so many per cent of the value. */
	tolerance: z.strictObject({ by: z.enum(['amount', 'percent']), amount: finite.min(0, 'must be 0 or more') }).default({
		by: 'amount',
		amount: 0
	}),
	/** Units that may be used; one of them times its factor is the value's unit, whose factor is 1. */
	units: z
		.array(z.strictObject({ name: line(30), factor: finite.gt(0, 'must be more than 0') }))
		.max(12, 'may have 12 at most')
		.default([])
};
const numeric = z.strictObject({ type: z.literal('numeric'), ...common, ...quantity });

const percent = z.number('must be a number').min(0, 'must be 0 or more').max(100, 'may be 100 at most');
const area = z.discriminatedUnion('shape', [
	z.strictObject({ shape: z.literal('rectangle'), x: percent, y: percent, width: percent, height: percent }),
	z.strictObject({ shape: z.literal('ellipse'), x: percent, y: percent, width: percent, height: percent }),
	z.strictObject({
		shape: z.literal('polygon'),
		points: z
			.array(z.tuple([percent, percent]))
			.min(3, 'needs at least 3 corners')
			.max(60, 'may have 60 corners at most')
	})
]);

/** A place on a picture. Areas are measured in per cent of its width and height from the upper left corner. */
const hotspot = z.strictObject({
	type: z.literal('hotspot'),
	...common,
	image: file,
	/** What the picture shows, without giving the answer away. */
	alt: line(500),
	areas: list(
		z.strictObject({ key, name: line(200), right: z.boolean(), why: text(2000, 0).default(''), area }),
		1,
		30,
		'area'
	)
});

/** A form as it is filled in at work; each field is graded by itself. */
const field = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('text'), key, label: line(200), ...wording }),
	z.strictObject({ kind: z.literal('number'), key, label: line(200), ...quantity }),
	z.strictObject({ kind: z.literal('date'), key, label: line(200), value: z.iso.date('must be a date') }),
	z.strictObject({
		kind: z.literal('choice'),
		key,
		label: line(200),
		options: list(line(200), 2, 30, 'options'),
		value: line(200)
	}),
	/** Left empty at work: an answer in it is wrong. */
	z.strictObject({ kind: z.literal('empty'), key, label: line(200) })
]);
const form = z.strictObject({
	type: z.literal('form'),
	...common,
	/** What the form is called at work. */
	title: line(200),
	fields: list(field, 1, 40, 'field')
});

/** Do it and show it: a file or a link, judged by a named person against a rubric. */
const show = z.strictObject({
	type: z.literal('show'),
	...common,
	accepts: z.enum(['file', 'link', 'either']).default('either'),
	reviewerId: z.uuid('must be somebody who is here'),
	rubric: list(
		z.strictObject({
			key,
			criterion: line(300),
			levels: list(
				z.strictObject({ label: line(300), points: finite.min(0, 'must be 0 or more').max(100, 'may be 100 at most') }),
				2,
				6,
				'levels'
			)
		}),
		1,
		12,
		'criterion'
	)
});

/** What a question of a bank asks, how it is graded, and what is said afterwards. */
export const questionContent = z
	.discriminatedUnion('type', [choice, order, match, short, numeric, hotspot, form, show], 'must be a type of question')
	.superRefine((question, context) => {
		for (const [path, message] of flaws(question)) context.addIssue({ code: 'custom', path, message });
	});
export type QuestionContent = z.output<typeof questionContent>;
export type QuestionOf<T extends QuestionType> = Extract<QuestionContent, { type: T }>;
export type Accepted = z.output<typeof accepted>;
export type FormField = z.output<typeof field>;
export type Area = z.output<typeof area>;
export type Quantity = Pick<QuestionOf<'numeric'>, 'value' | 'tolerance' | 'units'>;
export type Wording = Pick<QuestionOf<'short'>, 'accepted' | 'exactCase'>;

type Flaw = [path: (string | number)[], message: string];

function flaws(
	question: z.output<
		| typeof choice
		| typeof order
		| typeof match
		| typeof short
		| typeof numeric
		| typeof hotspot
		| typeof form
		| typeof show
	>
): Flaw[] {
	switch (question.type) {
		case 'choice': {
			const right = question.options.filter((option) => option.right).length;
			const wanted: Flaw[] =
				right === 0 || (right > 1 && !question.multiple)
					? [[['options'], right ? 'may have one right option only' : 'needs a right option']]
					: [];
			return [...wanted, ...twice('options', question.options)];
		}
		case 'order':
			return twice('items', question.items);
		case 'match':
			return twice('pairs', question.pairs);
		case 'hotspot': {
			const none: Flaw[] = question.areas.some(({ right }) => right) ? [] : [[['areas'], 'needs a right area']];
			return [...none, ...twice('areas', question.areas)];
		}
		case 'form': {
			const strange = question.fields.flatMap((each, at): Flaw[] =>
				each.kind === 'choice' && !each.options.includes(each.value)
					? [[['fields', at, 'value'], 'must be one of the options']]
					: []
			);
			return [...strange, ...twice('fields', question.fields)];
		}
		case 'show':
			return twice('rubric', question.rubric);
		default:
			return [];
	}
}

function twice(name: string, all: { key: string }[]): Flaw[] {
	const seen = new Set<string>();
	return all.flatMap(({ key: one }, at): Flaw[] => {
		if (seen.has(one)) return [[[name, at, 'key'], 'is there twice']];
		seen.add(one);
		return [];
	});
}
